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

// c = a b, where the elements of a and b lie as many numbers apart as is said; the rest of the product is the kernel's.
typedef struct {
  size_t rows, inner, columns, a_row, a_inner, b_inner, b_column;
  const float *a, *b, *bias;
  int adds;
} product;

static void check(const product *p, void (*run)(const product *p, float *c)) {
  float *c = normal(p->rows * p->columns, 0, 1);
  double *expected = doubles(p->rows * p->columns), *bounds = doubles(p->rows * p->columns);
  for (size_t i = 0; i < p->rows * p->columns; i++) {
    size_t row = i / p->columns, column = i % p->columns;
    double bias = p->bias ? p->bias[column] : 0, start = p->adds ? c[i] : 0;
    double sum = start + bias, magnitudes = fabs(start) + fabs(bias);
    for (size_t k = 0; k < p->inner; k++) {
      double term = rounded(p->a[row * p->a_row + k * p->a_inner]) * rounded(p->b[k * p->b_inner + column * p->b_column]);
      sum += term;
      magnitudes += fabs(term);
    }
    expected[i] = sum;
    bounds[i] = (double)(p->inner + 2) * ROUNDING * magnitudes;
  }
  run(p, c);
  expect_within("c", p->rows * p->columns, c, expected, bounds);
  end_case();
}

static const lk_bfloat16_kernels *kernels;

static void run_packed(const product *p, float *c) {
  uint16_t *packed = halves(lk_bfloat16_size(p->inner, p->columns));
  kernels->pack(p->inner, p->columns, p->b_inner == 1, p->b, packed);
  kernels->multiply_packed(p->rows, p->inner, p->columns, p->a, packed, p->bias, p->adds, c);
}

static void run_transposed(const product *p, float *c) {
  kernels->multiply_transposed(p->rows, p->inner, p->columns, p->a, p->b, p->adds, c);
}

static void check_shape(size_t rows, size_t inner, size_t columns) {
  for (int adds = 0; adds < 2; adds++) {
    for (int transposes = 0; transposes < 2; transposes++)
      for (int has_bias = 0; has_bias < 2; has_bias++) {
        product p = {rows, inner, columns, inner, 1, transposes ? 1 : columns, transposes ? inner : 1,
                     normal(rows * inner, 0, 1), normal(inner * columns, 0, 1), has_bias ? normal(columns, 0, 1) : NULL, adds};
        check(&p, run_packed);
      }
    product p = {rows, inner, columns, 1, rows, columns, 1, normal(inner * rows, 0, 1), normal(inner * columns, 0, 1), NULL, adds};
    check(&p, run_transposed);
  }
}

static void check_unit(lk_bfloat16_unit unit) {
  kernels = lk_bfloat16_kernels_of(unit);
  FOR_SIZES(n) {
    check_shape(32, 33, n);
    check_shape(33, n, 31);
    check_shape(n, 32, 16);
  }
  check_shape(5, 0, 20);
  // More than one part of the inner dimension, and of the rows of the result.
  check_shape(130, 515, 48);
}

int has_bfloat16_vectors(void) { return lk_best_bfloat16_unit() >= lk_bfloat16_vectors; }
int has_bfloat16_tiles(void) { return lk_best_bfloat16_unit() >= lk_bfloat16_tiles; }
void test_bfloat16_vectors(void) { check_unit(lk_bfloat16_vectors); }
void test_bfloat16_tiles(void) { check_unit(lk_bfloat16_tiles); }
