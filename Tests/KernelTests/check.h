// What the kernel tests share: inputs that are the same in every run, memory with guards, and comparison with references in double
// precision.
#ifndef LIKENESS_CHECK_H
#define LIKENESS_CHECK_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kernels.h"

// Half a unit in the last place of a Float32, relative: the error of one rounded operation.
#define ROUNDING 0x1p-24

// The error of a sum of n numbers in vectors of at least four lanes, as a share of the sum of their magnitudes.
static inline double sum_error(size_t n) { return ((double)n / 4 + 4) * ROUNDING; }

// The sizes 1 to 67, 128 and 200 by index: every rest of every vector width. 0 after the last.
size_t size_at(size_t index);
#define FOR_SIZES(n) for (size_t n##_index = 0, n; (n = size_at(n##_index)) != 0; n##_index++)

// Arrays that live until `end_case`, at addresses that are aligned to their elements and no further.
float *floats(size_t count, float value);
float *copied(size_t count, const float *x);
float *normal(size_t count, double mean, double deviation);
float *uniform(size_t count, double low, double high);
int32_t *codes(size_t count, size_t below);
uint8_t *bytes(size_t count, size_t below);
uint16_t *halves(size_t count);
double *doubles(size_t count);

// Frees the arrays, after a check that nothing was written before their first or after their last element.
void end_case(void);

// Compares `got` with `expected`: |got - expected| <= absolute + relative |expected|.
void expect(const char *what, size_t count, const float *got, const double *expected, double absolute, double relative);
// The same with a bound for every element.
void expect_within(const char *what, size_t count, const float *got, const double *expected, const double *bounds);
void expect_equal(const char *what, size_t count, const float *got, const float *expected);
void expect_true(const char *what, size_t index, int holds);

// Begins the tests of a kernel.
void begin_checks(const char *set, const char *name);
// Prints the line of the kernel; 1 if a check has failed, else 0.
int end_checks(void);

#endif
