// exp, log, tanh and sigmoid: the bounds are those that kernels.list.h states.
#include "check.h"

typedef void elementary(size_t n, const float *x, float *y);

// Every 9973rd bit pattern of Float32 between two arguments.
#define PATTERN_STEP 9973
#define BATCH 4096

static double unit_in_last_place(double exact) {
  float magnitude = fabsf((float)exact);
  return magnitude < 0x1p-126f ? 0x1p-149 : (double)(nextafterf(magnitude, INFINITY) - magnitude);
}

static void compare_batch(elementary *kernel, double (*exact)(double), size_t n, const float *x, double units, double least) {
  float *y = floats(n, NAN);
  double *expected = doubles(n), *bounds = doubles(n);
  kernel(n, x, y);
  for (size_t i = 0; i < n; i++) {
    expected[i] = exact(x[i]);
    bounds[i] = fmax(units * unit_in_last_place(expected[i]), least);
  }
  expect_within("y", n, y, expected, bounds);
}

// The kernel over all magnitudes and sizes: errors of at most `units` units in the last place, or `least` where that is larger.
static void check_range(
    elementary *kernel, double (*exact)(double), float low, float high, double units, double least) {
  float x[BATCH];
  size_t n = 0;
  for (uint64_t pattern = 0; pattern < UINT64_C(1) << 32; pattern += PATTERN_STEP) {
    uint32_t bits = (uint32_t)pattern;
    memcpy(x + n, &bits, sizeof bits);
    if (!isfinite(x[n]) || x[n] < low || x[n] > high) continue;
    if (++n < BATCH) continue;
    compare_batch(kernel, exact, n, x, units, least);
    end_case();
    n = 0;
  }
  compare_batch(kernel, exact, n, x, units, least);
  end_case();
  FOR_SIZES(size) {
    compare_batch(kernel, exact, size, uniform(size, fmax(low, -9), fmin(high, 9)), units, least);
    end_case();
  }
}

// The kernel at single arguments, and at infinities and NaN, where `expected` is exact.
static void check_points(elementary *kernel, size_t n, const float *x, const float *expected) {
  float *y = floats(n, NAN);
  kernel(n, x, y);
  expect_equal("special y", n, y, expected);
  end_case();
}

void test_exp(const lk_implementations *kernels) {
  check_range(kernels->exp, exp, -87.33654f, 88.37f, 1.1, 0);
  float ends[] = {-87.33654f, 88.37f}, least_most[2];
  kernels->exp(2, ends, least_most);
  expect_true("exp of the least argument", 0, least_most[0] >= 0x1p-126f && least_most[0] < 1.17552e-38f);
  float least = least_most[0], most = least_most[1];
  check_points(kernels->exp, 7, (float[]){-88, -1e30f, -INFINITY, NAN, 89, 1e30f, INFINITY},
               (float[]){least, least, least, least, most, most, most});
}

void test_log(const lk_implementations *kernels) {
  check_range(kernels->log, log, 0x1p-126f, 3.4e38f, 1, 6e-8);
  check_points(kernels->log, 1, (float[]){1}, (float[]){0});
}

void test_tanh(const lk_implementations *kernels) {
  check_range(kernels->tanh, tanh, -INFINITY, INFINITY, 1.5, 0);
  check_points(kernels->tanh, 4, (float[]){-INFINITY, 0, INFINITY, NAN}, (float[]){-1, 0, 1, -1});
}

static double logistic(double x) { return 1 / (1 + exp(-x)); }

void test_sigmoid(const lk_implementations *kernels) {
  check_range(kernels->sigmoid, logistic, -87.33654f, INFINITY, 2.5, 0);
  check_points(kernels->sigmoid, 4, (float[]){0, 100, INFINITY, NAN}, (float[]){0.5f, 1, 1, 1});
  float below[] = {-87.4f, -100, -1e30f, -INFINITY}, y[4];
  kernels->sigmoid(4, below, y);
  for (size_t i = 0; i < 4; i++) expect_true("sigmoid far below zero", i, y[i] > 0 && y[i] < 1.2e-38f);
}
