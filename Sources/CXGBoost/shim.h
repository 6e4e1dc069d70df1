#ifndef LIKENESS_CXGBOOST_SHIM_H
#define LIKENESS_CXGBOOST_SHIM_H

#include <xgboost/c_api.h>

#endif
