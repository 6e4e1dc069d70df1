// Matrix products, packed and not, and the GRU's step that contains one.
#include "check.h"

typedef struct {
  size_t rows, inner, columns;
  float *a, *b, *bias, *before;
  // The product, and the bounds of its error.
  double *product, *bounds;
} problem;

static problem problem_of(size_t rows, size_t inner, size_t columns) {
  problem p = {rows, inner, columns, normal(rows * inner, 0, 1), normal(inner * columns, 0, 1), normal(columns, 0, 1),
               normal(rows * columns, 0, 1), doubles(rows * columns), doubles(rows * columns)};
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) {
      double sum = 0, size = fabs((double)p.bias[c]) + fabs((double)p.before[r * columns + c]);
      for (size_t k = 0; k < inner; k++) {
        double term = (double)p.a[r * inner + k] * p.b[k * columns + c];
        sum += term;
        size += fabs(term);
      }
      p.product[r * columns + c] = sum;
      p.bounds[r * columns + c] = ((double)inner + 3) * ROUNDING * size;
    }
  return p;
}

static float *transposed(size_t height, size_t width, const float *x) {
  float *out = floats(height * width, NAN);
  for (size_t r = 0; r < height; r++)
    for (size_t c = 0; c < width; c++) out[c * height + r] = x[r * width + c];
  return out;
}

// The product, or the product plus the bias plus what was there.
static void expect_product(const char *what, const problem *p, const float *c, int has_bias, int adds) {
  double *expected = doubles(p->rows * p->columns);
  for (size_t i = 0; i < p->rows * p->columns; i++)
    expected[i] = p->product[i] + (has_bias ? p->bias[i % p->columns] : 0) + (adds ? p->before[i] : 0);
  expect_within(what, p->rows * p->columns, c, expected, p->bounds);
}

// Rows and inner dimensions around those of tiles and parts, for each number of columns.
static const struct {
  size_t rows, inner;
} heights[] = {{1, 20}, {2, 3}, {5, 1}, {6, 20}, {7, 20}, {8, 64}, {9, 20}, {13, 7}, {32, 20}, {3, 0}, {9, 257}, {4, 600}};
#define FOR_SHAPES(p)                                                           \
  FOR_SIZES(columns)                                                            \
    for (size_t p##_index = 0; p##_index < sizeof heights / sizeof *heights; p##_index++)

static void check_packed(const lk_implementations *kernels, const problem *p, int transposes) {
  size_t count = p->rows * p->columns;
  float *packed = floats(lk_packed_size(p->inner, p->columns), NAN), *c = floats(count, NAN), *added = copied(count, p->before);
  kernels->pack(p->inner, p->columns, transposes, transposes ? transposed(p->inner, p->columns, p->b) : p->b, packed);
  kernels->multiply_packed(p->rows, p->inner, p->columns, p->a, packed, NULL, 0, c);
  expect_product("c", p, c, 0, 0);
  kernels->multiply_packed(p->rows, p->inner, p->columns, p->a, packed, p->bias, 1, added);
  expect_product("c + bias + product", p, added, 1, 1);
}

void test_multiply_packed(const lk_implementations *kernels) {
  FOR_SHAPES(p) {
    problem p = problem_of(heights[p_index].rows, heights[p_index].inner, columns);
    check_packed(kernels, &p, 0);
    end_case();
  }
}

// Packing is seen through the product of what was packed transposed.
void test_pack(const lk_implementations *kernels) {
  FOR_SHAPES(p) {
    problem p = problem_of(heights[p_index].rows, heights[p_index].inner, columns);
    check_packed(kernels, &p, 1);
    end_case();
  }
}

void test_multiply(const lk_implementations *kernels) {
  FOR_SHAPES(p)
    for (int variant = 0; variant < 4; variant++) {
      problem p = problem_of(heights[p_index].rows, heights[p_index].inner, columns);
      int transposes_a = variant & 1, transposes_b = variant >> 1;
      const float *a = transposes_a ? transposed(p.rows, p.inner, p.a) : p.a;
      const float *b = transposes_b ? transposed(p.inner, p.columns, p.b) : p.b;
      float *c = floats(p.rows * columns, NAN), *added = copied(p.rows * columns, p.before);
      kernels->multiply(p.rows, p.inner, columns, transposes_a, transposes_b, a, b, 0, c);
      expect_product("c", &p, c, 0, 0);
      kernels->multiply(p.rows, p.inner, columns, transposes_a, transposes_b, a, b, 1, added);
      expect_product("c + product", &p, added, 0, 1);
      end_case();
    }
}

// The same bytes as its product and its gates, one after the other.
static void check_step(const lk_implementations *kernels, size_t width, int has_state) {
  enum { rows = 29, table_rows = 6 };
  float *table = normal(table_rows * 3 * width, 0, 1), *weights = normal(3 * width * width, 0, 0.3);
  float *bias = normal(3 * width, 0, 1), *h = has_state ? normal(rows * width, 0, 1) : floats(rows * width, 0);
  float *packed = floats(lk_packed_size(width, 3 * width), NAN), *u = floats(rows * 3 * width, NAN);
  float *n = floats(rows * width, NAN), *next = floats(rows * width, NAN);
  float *u1 = floats(rows * 3 * width, NAN), *n1 = floats(rows * width, NAN), *next1 = copied(rows * width, h);
  int32_t *row_codes = codes(rows, table_rows);
  kernels->pack(width, 3 * width, 0, weights, packed);
  kernels->multiply_packed(rows, width, 3 * width, h, packed, NULL, 0, u);
  kernels->gru_forward(rows, width, 0, table, row_codes, bias, h, u, n, next);
  // The state is replaced in place.
  kernels->gru_step(rows, width, 0, table, row_codes, packed, bias, has_state ? next1 : NULL, u1, n1, next1);
  expect_equal("u", rows * 3 * width, u1, u);
  expect_equal("n", rows * width, n1, n);
  expect_equal("next", rows * width, next1, next);
  end_case();
}

void test_gru_step(const lk_implementations *kernels) {
  FOR_SIZES(width)
    for (int has_state = 0; has_state < 2; has_state++) check_step(kernels, width, has_state);
}
