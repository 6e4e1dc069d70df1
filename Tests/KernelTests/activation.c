// GELU, whose bounds kernels.list.h states, and dropout, whose masks are exact.
#include "check.h"

static double distribution(double x) { return 0.5 * erfc(-x * M_SQRT1_2); }
static double density(double x) { return exp(-x * x / 2) / sqrt(2 * M_PI); }

// With rate 0 there is no mask.
static void check_gelu(const lk_implementations *kernels, size_t n, const float *x, float rate) {
  const uint64_t key = 3, stream = 5;
  float *y = floats(n, NAN), *slope = floats(n, NAN), *in_place = copied(n, x), *again = floats(n, NAN), *mask = floats(n, 1);
  double *expected = doubles(n), *slopes = doubles(n), *bounds = doubles(n), *slope_bounds = doubles(n);
  if (rate > 0) kernels->dropout(n, rate, key, stream, mask, NULL);
  for (size_t i = 0; i < n; i++) {
    double m = mask[i], at = x[i];
    expected[i] = m * at * distribution(at);
    slopes[i] = m * (distribution(at) + at * density(at));
    bounds[i] = 2e-7 * m * fmax(1, fabs(at));
    slope_bounds[i] = 4e-7 * m;
  }
  kernels->gelu_forward(n, rate, key, stream, x, slope, y);
  expect_within("y", n, y, expected, bounds);
  expect_within("slope", n, slope, slopes, slope_bounds);
  kernels->gelu_forward(n, rate, key, stream, in_place, in_place, again);
  expect_equal("y with the slope in place", n, again, y);
  expect_equal("slope in place", n, in_place, slope);
  end_case();
}

void test_gelu_forward(const lk_implementations *kernels) {
  FOR_SIZES(n) {
    check_gelu(kernels, n, normal(n, 0, 2), 0);
    check_gelu(kernels, n, normal(n, 0, 2), 0.37f);
  }
  enum { batch = 4096 };
  check_gelu(kernels, batch, uniform(batch, -20, 20), 0);
  float *wide = uniform(batch, -29, 29);
  for (size_t i = 0; i < batch; i++) wide[i] = copysignf(powf(10, wide[i]), wide[i]);
  check_gelu(kernels, batch, wide, 0);
  float y[2], slope[2];
  kernels->gelu_forward(2, 0, 0, 0, (float[]){NAN, 1}, slope, y);
  expect_true("gelu of NaN and 1", 0, isnan(y[0]) && !isnan(y[1]));
}

void test_bias_gelu(const lk_implementations *kernels) {
  enum { rows = 3 };
  FOR_SIZES(width) {
    float *x = normal(rows * width, 0, 2), *bias = normal(width, 0, 1);
    double *expected = doubles(rows * width), *bounds = doubles(rows * width);
    for (size_t i = 0; i < rows * width; i++) {
      float at = x[i] + bias[i % width];
      expected[i] = at * distribution(at);
      bounds[i] = 2e-7 * fmax(1, fabs((double)at));
    }
    kernels->bias_gelu(rows, width, bias, x);
    expect_within("x", rows * width, x, expected, bounds);
    end_case();
  }
}

// Word w of block (index, stream) of Philox4x32-10 (Salmon et al., 2011).
static uint32_t philox(uint64_t index, uint64_t stream, uint64_t key, size_t w) {
  uint32_t c[] = {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
  uint32_t k[] = {(uint32_t)key, (uint32_t)(key >> 32)};
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = (uint64_t)0xD2511F53 * c[0], product1 = (uint64_t)0xCD9E8D57 * c[2];
    uint32_t next[] = {
        (uint32_t)(product1 >> 32) ^ c[1] ^ k[0], (uint32_t)product1, (uint32_t)(product0 >> 32) ^ c[3] ^ k[1],
        (uint32_t)product0};
    memcpy(c, next, sizeof c);
    k[0] += 0x9E3779B9;
    k[1] += 0xBB67AE85;
  }
  return c[w];
}

static void check_mask(const lk_implementations *kernels, size_t n, float rate, uint64_t key, uint64_t stream) {
  float *x = normal(n, 0, 1), *again = copied(n, x), *expected = floats(n, NAN), *mask = floats(n, NAN), *kept = floats(n, NAN);
  uint32_t dropped = (uint32_t)(rate * 65536);
  for (size_t i = 0; i < n; i++) {
    size_t rest = i % 128;
    uint32_t word = philox(16 * (i / 128) + rest % 16, stream, key, rest / 32);
    uint32_t half = rest % 32 < 16 ? word & 0xffff : word >> 16;
    mask[i] = half < dropped ? 0 : 65536.0f / (65536.0f - (float)dropped);
    expected[i] = x[i] * mask[i];
  }
  kernels->dropout(n, rate, key, stream, x, NULL);
  expect_equal("x", n, x, expected);
  kernels->dropout(n, rate, key, stream, again, kept);
  expect_equal("x with the mask kept", n, again, expected);
  expect_equal("mask", n, kept, mask);
  end_case();
}

void test_dropout(const lk_implementations *kernels) {
  const uint64_t key = 0x123456789abcdef0, stream = 0x0fedcba987654321;
  FOR_SIZES(n) check_mask(kernels, n, 0.37f, key, stream);
  check_mask(kernels, 127, 0, key, stream);
  check_mask(kernels, 129, 0.9f, stream, key);
  check_mask(kernels, 100003, 0.25f, key, stream);
}
