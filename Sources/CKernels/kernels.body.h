// The kernels in terms of vectors of LANES numbers. Included once per instruction set, which defines LANES, vf, load_part,
// store_part and IMPLEMENTATIONS. Split by concern; this file is the order of inclusion.
#include "implementations.h"

#include "body/vector.h"
#include "body/elementwise.h"
#include "body/rows.h"
#include "body/product.h"
#include "body/gru.h"
#include "body/normalization.h"
#include "body/skip.h"
#include "body/activation.h"
#include "body/loss.h"
#include "body/balance.h"
#include "body/optimizer.h"
#include "body/distance.h"

#define KERNEL(result, name, parameters, arguments) .name = k_##name,
const lk_implementations IMPLEMENTATIONS = {
#include "kernels.list.h"
};
#undef KERNEL
