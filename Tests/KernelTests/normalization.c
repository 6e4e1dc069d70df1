// Layer normalisation.
#include "check.h"

enum { rows = 5 };

static const float epsilon = 1e-3f;

// A row's layer norm and the bounds of its error: the mean is wrong by sum_error of the largest number.
static void normalize(
    size_t width, const float *x, const float *gain, const float *bias, double *mean, double *inverse, double *y,
    double *bounds) {
  double sum = 0, squares = 0, most = 0;
  for (size_t i = 0; i < width; i++) sum += x[i];
  *mean = sum / (double)width;
  for (size_t i = 0; i < width; i++) {
    squares += (x[i] - *mean) * (x[i] - *mean);
    most = fmax(most, fabs((double)x[i]));
  }
  *inverse = 1 / sqrt(squares / (double)width + epsilon);
  for (size_t i = 0; i < width; i++) {
    double normal = (x[i] - *mean) * *inverse;
    y[i] = normal * gain[i] + bias[i];
    bounds[i] = (sum_error(width) + 6 * ROUNDING) * fabs((double)gain[i]) * (*inverse * most + fabs(normal)) +
                2 * ROUNDING * fabs((double)bias[i]);
  }
}

void test_layer_norm_forward(const lk_implementations *kernels) {
  for (int is_far = 0; is_far < 2; is_far++)
    FOR_SIZES(width) {
      // A mean far from zero, which a variance computed as E[x²] - E[x]² would not survive.
      float *x = normal(rows * width, is_far ? 100 : 0.3, 2), *gain = normal(width, 1, 0.5), *bias = normal(width, 0, 1);
      float *statistics = floats(rows * 2, NAN), *y = floats(rows * width, NAN);
      double *expected = doubles(rows * width), *bounds = doubles(rows * width);
      kernels->layer_norm_forward(rows, width, epsilon, x, gain, bias, statistics, y);
      for (size_t row = 0; row < rows; row++) {
        double mean, inverse;
        normalize(width, x + row * width, gain, bias, &mean, &inverse, expected + row * width, bounds + row * width);
        double magnitude = is_far ? 110 : 10;
        expect("mean", 1, statistics + 2 * row, &mean, sum_error(width) * magnitude, 0);
        // The mean's error changes the variance by its square only, which counts where epsilon rules.
        expect("inverse deviation", 1, statistics + 2 * row + 1, &inverse, 0, sum_error(width) + (is_far ? 1e-4 : 1e-6));
      }
      expect_within("y", rows * width, y, expected, bounds);
      end_case();
    }
}

static void check_query_forward(const lk_implementations *kernels, size_t width, int has_states) {
  float *h = has_states ? normal(rows * width, 0, 1) : NULL, *query = normal(width, 0, 1), *offset = normal(width, 0, 1);
  float *gain = normal(width, 1, 0.5), *bias = normal(width, 0, 1), *x = floats(width, NAN);
  float *sum = floats(rows * width, NAN), *normal_row = floats(rows * width, NAN), *statistics = floats(2 * rows, NAN);
  double *sums = doubles(rows * width), *expected = doubles(rows * width), *bounds = doubles(rows * width);
  for (size_t row = 0; row < rows; row++) {
    double mean, inverse;
    for (size_t i = 0; i < width; i++) {
      x[i] = h ? h[row * width + i] + query[i] : query[i];
      sums[row * width + i] = (double)x[i] + offset[i];
    }
    normalize(width, x, gain, bias, &mean, &inverse, expected + row * width, bounds + row * width);
  }
  kernels->query_forward(rows, width, epsilon, h, query, offset, gain, bias, statistics, sum, normal_row);
  expect("sum", rows * width, sum, sums, 0, ROUNDING);
  expect_within("normal", rows * width, normal_row, expected, bounds);
  // The statistics are those that the layer norm alone gives for the sums without the offset.
  float *asked = floats(rows * width, NAN), *alone = floats(2 * rows, NAN), *y = floats(rows * width, NAN);
  for (size_t i = 0; i < rows * width; i++) asked[i] = h ? h[i] + query[i % width] : query[i % width];
  kernels->layer_norm_forward(rows, width, epsilon, asked, gain, bias, alone, y);
  expect_equal("statistics", 2 * rows, statistics, alone);
  kernels->query_forward(rows, width, epsilon, h, query, offset, gain, bias, NULL, sum, y);
  expect_equal("normal without statistics", rows * width, y, normal_row);
  end_case();
}

void test_query_forward(const lk_implementations *kernels) {
  FOR_SIZES(width)
    for (int has_states = 0; has_states < 2; has_states++) check_query_forward(kernels, width, has_states);
}

// Against the layer norm's own way back, whose bounds are checked below.
void test_query_backward(const lk_implementations *kernels) {
  FOR_SIZES(width)
    for (int has_states = 0; has_states < 2; has_states++) {
      size_t count = rows * width;
      float *h = has_states ? normal(count, 0, 1) : NULL, *query = normal(width, 0, 1), *gain = normal(width, 1, 0.5);
      float *d_sum = normal(count, 0, 1), *d_normal = normal(count, 0, 1), *statistics = floats(2 * rows, NAN);
      float *d_h = normal(count, 0, 1), *d_query = normal(width, 0, 1), *d_gain = normal(width, 0, 1);
      float *d_bias = normal(width, 0, 1), *asked = floats(count, NAN), *d_x = copied(count, d_sum);
      float *gain_alone = copied(width, d_gain), *bias_alone = copied(width, d_bias);
      for (size_t i = 0; i < count; i++) asked[i] = h ? h[i] + query[i % width] : query[i % width];
      for (size_t row = 0; row < rows; row++) {
        statistics[2 * row] = 0.2f - 0.1f * (float)row;
        statistics[2 * row + 1] = 0.5f + 0.05f * (float)row;
      }
      kernels->layer_norm_backward(rows, width, asked, gain, statistics, d_normal, d_x, gain_alone, bias_alone);
      double *h1 = doubles(count), *query1 = doubles(width), *query_bounds = doubles(width);
      for (size_t i = 0; i < width; i++) query1[i] = d_query[i], query_bounds[i] = rows * ROUNDING * fabs((double)d_query[i]);
      for (size_t i = 0; i < count; i++) {
        h1[i] = (double)d_h[i] + d_x[i];
        query1[i % width] += d_x[i];
        query_bounds[i % width] += 1e-6 + rows * ROUNDING * fabs((double)d_x[i]);
      }
      float *untouched = copied(count, d_h);
      kernels->query_backward(
          rows, width, h, query, gain, statistics, d_sum, d_normal, has_states ? d_h : NULL, d_query, d_gain, d_bias);
      if (has_states)
        expect("d_h", count, d_h, h1, 2e-6, 2e-6);
      else
        expect_equal("d_h", count, d_h, untouched);
      expect_within("d_query", width, d_query, query1, query_bounds);
      double *gains = doubles(width), *biases = doubles(width);
      for (size_t i = 0; i < width; i++) gains[i] = gain_alone[i], biases[i] = bias_alone[i];
      expect("d_gain", width, d_gain, gains, 2e-6, 2e-6);
      expect("d_bias", width, d_bias, biases, 2e-6, 2e-6);
      end_case();
    }
}

void test_layer_norm_backward(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    size_t count = rows * width;
    float *x = normal(count, 0.3, 2), *gain = normal(width, 1, 0.5), *d_y = normal(count, 0, 1);
    float *statistics = floats(rows * 2, NAN), *d_x = normal(count, 0, 1), *d_gain = normal(width, 0, 1);
    float *d_bias = normal(width, 0, 1);
    double *x1 = doubles(count), *x_bounds = doubles(count), *gain1 = doubles(width), *gain_bounds = doubles(width);
    double *bias1 = doubles(width), *bias_bounds = doubles(width);
    for (size_t i = 0; i < width; i++) {
      gain1[i] = d_gain[i];
      bias1[i] = d_bias[i];
      gain_bounds[i] = (rows + 4) * ROUNDING * fabs((double)d_gain[i]);
      bias_bounds[i] = rows * ROUNDING * fabs((double)d_bias[i]);
    }
    for (size_t row = 0; row < rows; row++) {
      float *of_row = statistics + 2 * row;
      of_row[0] = 0.25f + 0.1f * (float)row;
      of_row[1] = 0.5f + 0.05f * (float)row;
      double mean_d = 0, mean_d_x = 0, size_d = 0, size_d_x = 0;
      for (size_t i = 0; i < width; i++) {
        double d = (double)d_y[row * width + i] * gain[i], normal = ((double)x[row * width + i] - of_row[0]) * of_row[1];
        mean_d += d / (double)width;
        mean_d_x += d * normal / (double)width;
        size_d += fabs(d) / (double)width;
        size_d_x += fabs(d * normal) / (double)width;
      }
      for (size_t i = 0; i < width; i++) {
        size_t at = row * width + i;
        double d = (double)d_y[at] * gain[i], normal = ((double)x[at] - of_row[0]) * of_row[1];
        x1[at] = d_x[at] + of_row[1] * (d - mean_d - normal * mean_d_x);
        x_bounds[at] = (sum_error(width) + 8 * ROUNDING) * of_row[1] * (fabs(d) + size_d + fabs(normal) * size_d_x) +
                       2 * ROUNDING * fabs((double)d_x[at]);
        gain1[i] += d_y[at] * normal;
        bias1[i] += d_y[at];
        gain_bounds[i] += (rows + 4) * ROUNDING * fabs(d_y[at] * normal);
        bias_bounds[i] += rows * ROUNDING * fabs((double)d_y[at]);
      }
    }
    kernels->layer_norm_backward(rows, width, x, gain, statistics, d_y, d_x, d_gain, d_bias);
    expect_within("d_x", count, d_x, x1, x_bounds);
    expect_within("d_gain", width, d_gain, gain1, gain_bounds);
    expect_within("d_bias", width, d_bias, bias1, bias_bounds);
    end_case();
  }
}
