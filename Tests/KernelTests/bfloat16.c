// Products in bfloat16: both factors are rounded, the sums are Float32.
#include "check.h"

// The nearest bfloat16, to even where two are as near.
static double rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
  memcpy(&x, &bits, sizeof bits);
  return x;
}

static void check_product(size_t rows, size_t inner, size_t columns, int adds) {
  float *a = normal(rows * inner, 0, 1), *weights = normal(inner * columns, 0, 1), *c = normal(rows * columns, 0, 1);
  uint16_t *packed = halves(lk_bfloat16_size(inner, columns));
  double *expected = doubles(rows * columns), *bounds = doubles(rows * columns);
  for (size_t i = 0; i < rows * columns; i++) {
    double sum = adds ? c[i] : 0, magnitudes = fabs(sum);
    for (size_t k = 0; k < inner; k++) {
      double product = rounded(a[i / columns * inner + k]) * rounded(weights[k * columns + i % columns]);
      sum += product;
      magnitudes += fabs(product);
    }
    expected[i] = sum;
    bounds[i] = (double)(inner + 1) * ROUNDING * magnitudes;
  }
  lk_bfloat16_pack(inner, columns, weights, packed);
  lk_bfloat16_product(rows, inner, columns, a, packed, adds, c);
  expect_within("c", rows * columns, c, expected, bounds);
  end_case();
}

void test_bfloat16_product(void) {
  FOR_SIZES(columns)
    for (int adds = 0; adds < 2; adds++) {
      check_product(8, 17, columns, adds);
      check_product(16, columns, 33, adds);
    }
  check_product(8, LK_BFLOAT16_INNER, 48, 0);
}
