// Softmax cross-entropy, drawing from a softmax, and shares.
#include "check.h"

enum { rows = 70 };  // more than the kernel's block of rows

// Exponentials of a row's distances from its highest logit, and their sum.
static double exponentials(size_t width, const float *logits, double *out) {
  double most = -INFINITY, sum = 0;
  for (size_t i = 0; i < width; i++) most = fmax(most, logits[i]);
  for (size_t i = 0; i < width; i++) sum += out[i] = exp(logits[i] - most);
  return sum;
}

// The relative error of a row's sum of exponentials.
static double softmax_error(size_t width) { return sum_error(width) + 3 * ROUNDING; }

static void check_cross_entropy(const lk_implementations *kernels, size_t width, double shift) {
  float *logits = normal(rows * width, shift, 3), *losses = floats(rows, NAN), *probabilities = floats(rows * width, NAN);
  int32_t *targets = codes(rows, width);
  double *expected = doubles(rows), *bounds = doubles(rows), *shares = doubles(rows * width);
  double *share_bounds = doubles(rows * width);
  for (size_t row = 0; row < rows; row++) {
    double *of_row = shares + row * width, sum = exponentials(width, logits + row * width, of_row);
    double distance = -log(of_row[targets[row]]);
    expected[row] = log(sum) + distance;
    bounds[row] = softmax_error(width) + ROUNDING * (2 + 2 * fabs(expected[row]) + distance);
    for (size_t i = 0; i < width; i++) {
      double distance = -log(of_row[i]);
      of_row[i] /= sum;
      share_bounds[row * width + i] = of_row[i] * (softmax_error(width) + ROUNDING * (4 + distance)) + 0x1p-126;
    }
  }
  kernels->cross_entropy_forward(rows, width, logits, targets, losses, probabilities);
  expect_within("losses", rows, losses, expected, bounds);
  expect_within("probabilities", rows * width, probabilities, shares, share_bounds);
  kernels->cross_entropy_forward(rows, width, logits, targets, losses, logits);
  expect_equal("probabilities in place", rows * width, logits, probabilities);
  end_case();
}

void test_cross_entropy_forward(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    check_cross_entropy(kernels, width, 0);
    check_cross_entropy(kernels, width, 1000);
  }
}

void test_cross_entropy_backward(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *probabilities = uniform(rows * width, 0, 1), *d_losses = normal(rows, 0, 1), *d_logits = floats(rows * width, NAN);
    int32_t *targets = codes(rows, width);
    double *expected = doubles(rows * width), *bounds = doubles(rows * width);
    for (size_t i = 0; i < rows * width; i++) {
      double scale = d_losses[i / width], target = (size_t)targets[i / width] == i % width;
      expected[i] = scale * (probabilities[i] - target);
      bounds[i] = 3 * ROUNDING * fabs(scale);
    }
    kernels->cross_entropy_backward(rows, width, probabilities, targets, d_losses, d_logits);
    expect_within("d_logits", rows * width, d_logits, expected, bounds);
    kernels->cross_entropy_backward(rows, width, probabilities, targets, d_losses, probabilities);
    expect_equal("d_logits in place", rows * width, probabilities, d_logits);
    end_case();
  }
}

static void check_draws(const lk_implementations *kernels, size_t width, const float *bias) {
  float *logits = normal(rows * width, 0, 2), *uniforms = uniform(rows, 0, 1), *sums = copied(rows * width, logits);
  int32_t *drawn = codes(rows, 1);
  double *weights = doubles(width);
  uniforms[0] = 0x1p-140f;
  uniforms[1] = 1 - 0x1p-24f;
  // A third of the codes are excluded, but never all of a row.
  for (size_t i = 0; i < rows * width; i++)
    if (i % width % 3 == 1) logits[i] = -1e30f;
  for (size_t i = 0; i < rows * width; i++) sums[i] = bias ? logits[i] + bias[i % width] : logits[i];
  kernels->sample_rows(rows, width, logits, bias, uniforms, drawn);
  for (size_t row = 0; row < rows; row++) {
    double sum = exponentials(width, sums + row * width, weights), before = 0;
    size_t code = (size_t)drawn[row];
    expect_true("range of the code of row", row, code < width);
    expect_true("exclusion in row", row, code % 3 != 1);
    for (size_t i = 0; i < code && i < width; i++) before += weights[i];
    double greatest = 0;
    for (size_t i = 0; i < width; i++) greatest = fmax(greatest, weights[i]);
    for (size_t i = 0; i < width; i++) weights[i] /= greatest;
    expect("shares", width, logits + row * width, weights, 1e-18, softmax_error(width) + 20 * ROUNDING);
    for (size_t i = 0; i < width; i++) weights[i] *= greatest;
    double position = uniforms[row] * sum, slack = (2 * softmax_error(width) + 20 * ROUNDING) * sum;
    expect_true("code of row", row, position >= before - slack && position <= before + weights[code] + slack);
  }
  end_case();
}

void test_sample_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    check_draws(kernels, width, NULL);
    check_draws(kernels, width, normal(width, 0, 1));
  }
}

void test_add_shares(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *x = uniform(rows * width, 0.01, 1), *sums = uniform(width, 0, 1);
    double *expected = doubles(width), *bounds = doubles(width);
    for (size_t i = 0; i < width; i++) expected[i] = sums[i];
    for (size_t row = 0; row < rows; row++) {
      double sum = 0;
      for (size_t i = 0; i < width; i++) sum += x[row * width + i];
      for (size_t i = 0; i < width; i++) expected[i] += x[row * width + i] / sum;
    }
    for (size_t i = 0; i < width; i++) bounds[i] = (sum_error(width) + (rows + 3) * ROUNDING) * expected[i];
    kernels->add_shares(rows, width, x, sums);
    expect_within("sums", width, sums, expected, bounds);
    end_case();
  }
}
