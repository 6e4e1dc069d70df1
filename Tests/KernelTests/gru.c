// The gates of the recurrent unit, in all four variants: with codes and without, in both notations.
#include "check.h"

enum { rows = 5, table_rows = 4 };

static double logistic(double x) { return 1 / (1 + exp(-x)); }

typedef struct {
  size_t width, input_rows;
  int z_keeps;
  int32_t *codes;
  float *input, *bias, *h, *u;
} problem;

static problem problem_of(size_t width, int z_keeps, int has_codes) {
  size_t input_rows = has_codes ? table_rows : rows;
  return (problem){
      width, input_rows, z_keeps, has_codes ? codes(rows, table_rows) : NULL,
      normal(input_rows * 3 * width, 0, 1.5), normal(3 * width, 0, 0.5), normal(rows * width, 0, 1),
      normal(rows * 3 * width, 0, 1.5),
  };
}

static size_t input_row(const problem *p, size_t row) { return p->codes ? (size_t)p->codes[row] : row; }

static void check_forward(const lk_implementations *kernels, const problem *p) {
  size_t width = p->width, count = rows * width;
  double *gates = doubles(3 * count), *n = doubles(count), *next = doubles(count), *bounds = doubles(count);
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < width; i++) {
      const float *g = p->input + input_row(p, row) * 3 * width, *u = p->u + row * 3 * width;
      double *gate = gates + row * 3 * width, h = p->h[row * width + i];
      double r = gate[i] = logistic((double)g[i] + u[i] + p->bias[i]);
      double z = gate[width + i] = logistic((double)g[width + i] + u[width + i] + p->bias[width + i]);
      double u_n = gate[2 * width + i] = (double)u[2 * width + i] + p->bias[2 * width + i];
      double candidate = n[row * width + i] = tanh(g[2 * width + i] + r * u_n);
      next[row * width + i] = p->z_keeps ? candidate + z * (h - candidate) : h + z * (candidate - h);
      bounds[row * width + i] = 1e-6 * fmax(1, fabs(h));
    }
  float *kept = copied(3 * count, p->u), *n_kept = floats(count, NAN), *got = floats(count, NAN);
  kernels->gru_forward(rows, width, p->z_keeps, p->input, p->codes, p->bias, p->h, kept, n_kept, got);
  expect("r, z and u_n", 3 * count, kept, gates, 6e-7, 2 * ROUNDING);
  expect("n", count, n_kept, n, 1e-6, 0);
  expect_within("next", count, got, next, bounds);
  float *unkept = copied(3 * count, p->u), *alone = floats(count, NAN);
  kernels->gru_forward(rows, width, p->z_keeps, p->input, p->codes, p->bias, p->h, unkept, NULL, alone);
  expect_equal("next without n", count, alone, got);
}

static void check_backward(const lk_implementations *kernels, const problem *p) {
  size_t width = p->width, count = rows * width, inputs = p->input_rows * 3 * width;
  float *n = uniform(count, -1, 1), *d_next = normal(count, 0, 1), *u = normal(3 * count, 0, 1);
  float *d_h = normal(count, 0, 1), *d_input = normal(inputs, 0, 1);
  double *u1 = doubles(3 * count), *u_bounds = doubles(3 * count), *h1 = doubles(count), *h_bounds = doubles(count);
  double *input1 = doubles(inputs), *input_bounds = doubles(inputs);
  for (size_t i = 0; i < inputs; i++) {
    input1[i] = d_input[i];
    input_bounds[i] = rows * ROUNDING * fabs((double)d_input[i]);
  }
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < width; i++) {
      size_t at = row * width + i, places[] = {row * 3 * width + i, (row * 3 + 1) * width + i, (row * 3 + 2) * width + i};
      u[places[0]] = (float)logistic(u[places[0]]);
      u[places[1]] = (float)logistic(u[places[1]]);
      double r = u[places[0]], z = u[places[1]], u_n = u[places[2]], candidate = n[at], d = d_next[at];
      double share = p->z_keeps ? 1 - z : z, d_n = d * share * (1 - candidate * candidate);
      double d_share = d * (candidate - (double)p->h[at]) * z * (1 - z);
      double results[] = {d_n * u_n * r * (1 - r), p->z_keeps ? -d_share : d_share, d_n};
      // 1 - n² is wrong by a rounding of 1, whatever it is.
      double bounds[] = {
          12 * ROUNDING * fabs(d * share * u_n), 12 * ROUNDING * fabs(d_share), 12 * ROUNDING * fabs(d * share)};
      for (size_t gate = 0; gate < 3; gate++) {
        size_t place = input_row(p, row) * 3 * width + gate * width + i;
        u1[places[gate]] = results[gate] * (gate == 2 ? r : 1);
        u_bounds[places[gate]] = bounds[gate];
        input1[place] += results[gate];
        input_bounds[place] += bounds[gate] + rows * ROUNDING * fabs(results[gate]);
      }
      h1[at] = d_h[at] + d * (1 - share);
      h_bounds[at] = 4 * ROUNDING * (fabs((double)d_h[at]) + fabs(d));
    }
  kernels->gru_backward(rows, width, p->z_keeps, p->codes, p->h, n, d_next, u, d_h, d_input);
  expect_within("gradient of h U", 3 * count, u, u1, u_bounds);
  expect_within("d_h", count, d_h, h1, h_bounds);
  expect_within("d_input", inputs, d_input, input1, input_bounds);
}

static void check_variants(const lk_implementations *kernels, void (*check)(const lk_implementations *, const problem *)) {
  FOR_SIZES(width)
    for (int variant = 0; variant < 4; variant++) {
      problem p = problem_of(width, variant & 1, variant >> 1);
      check(kernels, &p);
      end_case();
    }
}

void test_gru_forward(const lk_implementations *kernels) { check_variants(kernels, check_forward); }

void test_gru_backward(const lk_implementations *kernels) { check_variants(kernels, check_backward); }
