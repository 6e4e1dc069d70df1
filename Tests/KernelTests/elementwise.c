// Kernels over flat arrays, the optimiser's among them.
#include "check.h"

void test_add(const lk_implementations *kernels) {
  FOR_SIZES(n) {
    float *x = normal(n, 0, 1), *y = normal(n, 0, 1);
    double *expected = doubles(n);
    for (size_t i = 0; i < n; i++) expected[i] = (double)y[i] + x[i];
    kernels->add(n, x, y);
    expect("y", n, y, expected, 0, ROUNDING);
    end_case();
  }
}

void test_add_product(const lk_implementations *kernels) {
  FOR_SIZES(n) {
    float *a = normal(n, 0, 1), *b = normal(n, 0, 1), *y = normal(n, 0, 1);
    double *expected = doubles(n), *bounds = doubles(n);
    for (size_t i = 0; i < n; i++) {
      double product = (double)a[i] * b[i];
      expected[i] = y[i] + product;
      bounds[i] = 2 * ROUNDING * (fabs((double)y[i]) + fabs(product));
    }
    kernels->add_product(n, a, b, y);
    expect_within("y", n, y, expected, bounds);
    end_case();
  }
}

void test_sum_and_clear(const lk_implementations *kernels) {
  enum { most = 9, offset = 5 };
  for (size_t count = 1; count <= most; count += 4)
    FOR_SIZES(n) {
      size_t whole = offset + n + 3;
      float *sources[most], *before[most], *out = floats(n, NAN);
      double *expected = doubles(n), *bounds = doubles(n);
      for (size_t s = 0; s < count; s++) {
        sources[s] = normal(whole, 0, 1);
        before[s] = copied(whole, sources[s]);
        for (size_t i = 0; i < n; i++) {
          expected[i] += sources[s][offset + i];
          bounds[i] += (double)count * ROUNDING * fabs((double)sources[s][offset + i]);
        }
      }
      kernels->sum_and_clear(n, count, sources, offset, out);
      expect_within("out", n, out, expected, bounds);
      for (size_t s = 0; s < count; s++) {
        memset(before[s] + offset, 0, n * sizeof(float));
        expect_equal("source", whole, sources[s], before[s]);
      }
      end_case();
    }
}

static void check_sum(double (*kernel)(size_t, const float *), size_t n, int is_of_squares) {
  float *x = normal(n, 0.5, 1);
  double exact = 0, magnitudes = 0;
  for (size_t i = 0; i < n; i++) {
    double term = is_of_squares ? (double)x[i] * x[i] : x[i];
    exact += term;
    magnitudes += fabs(term);
  }
  // Sums of blocks of 1,024 numbers are added in Float64.
  double error = kernel(n, x) - exact, bound = (sum_error(n < 1024 ? n : 1024) + ROUNDING) * magnitudes;
  float quotient = (float)(error / bound);
  expect("error of the sum, in bounds,", 1, &quotient, (double[]){0}, 1, 0);
  end_case();
}

void test_sum(const lk_implementations *kernels) {
  FOR_SIZES(n) check_sum(kernels->sum, n, 0);
  check_sum(kernels->sum, 100003, 0);
}

void test_sum_of_squares(const lk_implementations *kernels) {
  FOR_SIZES(n) check_sum(kernels->sum_of_squares, n, 1);
  check_sum(kernels->sum_of_squares, 100003, 1);
}

void test_adamw(const lk_implementations *kernels) {
  const float scale = 0.7f, rate = 0.01f, decay = 0.3f, b1 = 0.9f, b2 = 0.99f, c1 = 0.19f, c2 = 0.0199f, epsilon = 1e-3f;
  FOR_SIZES(n) {
    float *gradient = normal(n, 0, 1), *m = normal(n, 0, 0.1), *v = uniform(n, 1e-6, 1), *weights = normal(n, 0, 1);
    double *m1 = doubles(n), *v1 = doubles(n), *w1 = doubles(n), *m_bounds = doubles(n), *w_bounds = doubles(n);
    for (size_t i = 0; i < n; i++) {
      double g = (double)gradient[i] * scale, old = (double)b1 * m[i], new = (double)(1 - b1) * g;
      m1[i] = old + new;
      v1[i] = (double)b2 * v[i] + (double)(1 - b2) * g * g;
      double denominator = sqrt(v1[i] / c2) + epsilon;
      w1[i] = weights[i] - rate * (decay * (double)weights[i] + m1[i] / c1 / denominator);
      m_bounds[i] = 4 * ROUNDING * (fabs(old) + fabs(new));
      double change = decay * fabs((double)weights[i]) + (fabs(old) + fabs(new)) / c1 / denominator;
      w_bounds[i] = ROUNDING * (fabs((double)weights[i]) + 12 * rate * change);
    }
    kernels->adamw(n, scale, rate, decay, b1, b2, c1, c2, epsilon, gradient, m, v, weights);
    expect_within("m", n, m, m1, m_bounds);
    expect("v", n, v, v1, 0, 6 * ROUNDING);
    expect_within("weights", n, weights, w1, w_bounds);
    end_case();
  }
}

void test_move_average(const lk_implementations *kernels) {
  const float share = 0.3f;
  FOR_SIZES(n) {
    float *x = normal(n, 0, 1), *average = normal(n, 0, 1);
    double *expected = doubles(n), *bounds = doubles(n);
    for (size_t i = 0; i < n; i++) {
      double change = (double)share * ((double)x[i] - average[i]);
      expected[i] = average[i] + change;
      bounds[i] = ROUNDING * (fabs((double)average[i]) + 4 * fabs(change));
    }
    kernels->move_average(n, share, x, average);
    expect_within("average", n, average, expected, bounds);
    end_case();
  }
}
