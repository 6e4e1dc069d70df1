// Skip connections.
#include "check.h"

// More inputs than are added together, two of which are left out.
enum { rows = 5, inputs_count = 11, gains_count = 7 };
static const int32_t gain_rows[inputs_count] = {3, 0, -1, 6, 6, 2, 1, -1, 5, 4, 0};

void test_skip_forward(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    size_t count = rows * width;
    float *inputs = normal(inputs_count * count, 0, 1), *gains = normal(gains_count * width, 0, 1), *out = normal(count, 0, 1);
    double *expected = doubles(count), *bounds = doubles(count);
    for (size_t i = 0; i < count; i++) {
      expected[i] = out[i];
      double size = fabs((double)out[i]);
      for (size_t j = 0; j < inputs_count; j++) {
        if (gain_rows[j] < 0) continue;
        double term = (double)inputs[j * count + i] * gains[(size_t)gain_rows[j] * width + i % width];
        expected[i] += term;
        size += fabs(term);
      }
      bounds[i] = (inputs_count + 1) * ROUNDING * size;
    }
    kernels->skip_forward(rows, width, inputs_count, inputs, gains, gain_rows, out);
    expect_within("out", count, out, expected, bounds);
    end_case();
  }
}

void test_skip_backward(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    size_t count = rows * width;
    float *inputs = normal(inputs_count * count, 0, 1), *gains = normal(gains_count * width, 0, 1), *d_out = normal(count, 0, 1);
    float *d_inputs = normal(inputs_count * count, 0, 1), *d_gains = normal(gains_count * width, 0, 1);
    double *inputs1 = doubles(inputs_count * count), *input_bounds = doubles(inputs_count * count);
    double *gains1 = doubles(gains_count * width), *gain_bounds = doubles(gains_count * width);
    for (size_t i = 0; i < gains_count * width; i++) gains1[i] = d_gains[i], gain_bounds[i] = fabs((double)d_gains[i]);
    for (size_t j = 0; j < inputs_count; j++)
      for (size_t i = 0; i < count; i++) {
        size_t at = j * count + i;
        inputs1[at] = d_inputs[at];
        if (gain_rows[j] >= 0) {
          size_t gain = (size_t)gain_rows[j] * width + i % width;
          double to_input = (double)d_out[i] * gains[gain], to_gain = (double)d_out[i] * inputs[at];
          inputs1[at] += to_input;
          input_bounds[at] = 2 * ROUNDING * (fabs(to_input) + fabs((double)d_inputs[at]));
          gains1[gain] += to_gain;
          gain_bounds[gain] += fabs(to_gain);
        }
      }
    for (size_t i = 0; i < gains_count * width; i++) gain_bounds[i] *= (2 * rows + 2) * ROUNDING;
    kernels->skip_backward(rows, width, inputs_count, inputs, gains, gain_rows, d_out, d_inputs, d_gains);
    expect_within("d_inputs", inputs_count * count, d_inputs, inputs1, input_bounds);
    expect_within("d_gains", gains_count * width, d_gains, gains1, gain_bounds);
    end_case();
  }
}
