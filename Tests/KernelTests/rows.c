// Kernels that treat a matrix row by row, and distances between rows.
#include "check.h"

enum { rows = 9, table_rows = 6 };

void test_fill_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *row = normal(width, 0, 1), *out = floats(rows * width, NAN);
    kernels->fill_rows(rows, width, row, out);
    for (size_t r = 0; r < rows; r++) expect_equal("row", width, out + r * width, row);
    end_case();
  }
}

void test_add_row(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *x = normal(rows * width, 0, 1), *row = normal(width, 0, 1), *out = floats(rows * width, NAN);
    double *expected = doubles(rows * width);
    for (size_t i = 0; i < rows * width; i++) expected[i] = (double)x[i] + row[i % width];
    kernels->add_row(rows, width, x, row, out);
    expect("out", rows * width, out, expected, 0, ROUNDING);
    end_case();
  }
}

void test_add_column_sums(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *x = normal(rows * width, 0, 1), *sums = normal(width, 0, 1);
    double *expected = doubles(width), *bounds = doubles(width);
    for (size_t c = 0; c < width; c++) {
      double magnitudes = fabs((double)sums[c]);
      expected[c] = sums[c];
      for (size_t r = 0; r < rows; r++) {
        expected[c] += x[r * width + c];
        magnitudes += fabs((double)x[r * width + c]);
      }
      bounds[c] = rows * ROUNDING * magnitudes;
    }
    kernels->add_column_sums(rows, width, x, sums);
    expect_within("sums", width, sums, expected, bounds);
    end_case();
  }
}

void test_scale_and_add_column_sums(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *x = normal(rows * width, 0, 1), *factors = normal(rows * width, 0, 1), *sums = normal(width, 0, 1);
    double *scaled = doubles(rows * width), *expected = doubles(width), *bounds = doubles(width);
    for (size_t c = 0; c < width; c++) {
      expected[c] = sums[c];
      bounds[c] = rows * ROUNDING * fabs((double)sums[c]);
    }
    for (size_t i = 0; i < rows * width; i++) {
      scaled[i] = (double)x[i] * factors[i];
      expected[i % width] += scaled[i];
      bounds[i % width] += (rows + 1) * ROUNDING * fabs(scaled[i]);
    }
    kernels->scale_and_add_column_sums(rows, width, factors, x, sums);
    expect("x", rows * width, x, scaled, 0, ROUNDING);
    expect_within("sums", width, sums, expected, bounds);
    end_case();
  }
}

void test_gather_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    size_t stride = width + 2;
    float *table = normal(table_rows * stride, 0, 1), *out = floats(rows * width, NAN);
    int32_t *row_codes = codes(rows, table_rows);
    kernels->gather_rows(rows, width, stride, table + 1, row_codes, out);
    for (size_t r = 0; r < rows; r++) expect_equal("row", width, out + r * width, table + 1 + (size_t)row_codes[r] * stride);
    end_case();
  }
}

void test_add_gathered_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    float *table = normal(table_rows * width, 0, 1), *out = normal(rows * width, 0, 1);
    int32_t *row_codes = codes(rows, table_rows);
    double *expected = doubles(rows * width);
    for (size_t i = 0; i < rows * width; i++)
      expected[i] = (double)out[i] + table[(size_t)row_codes[i / width] * width + i % width];
    kernels->add_gathered_rows(rows, width, table, row_codes, out);
    expect("out", rows * width, out, expected, 0, ROUNDING);
    end_case();
  }
}

void test_scatter_add_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    size_t stride = width + 2;
    float *x = normal(rows * width, 0, 1), *table = normal(table_rows * stride, 0, 1);
    int32_t *row_codes = codes(rows, table_rows);
    double *expected = doubles(table_rows * stride), *bounds = doubles(table_rows * stride);
    for (size_t i = 0; i < table_rows * stride; i++) {
      expected[i] = table[i];
      bounds[i] = rows * ROUNDING * fabs((double)table[i]);
    }
    for (size_t i = 0; i < rows * width; i++) {
      size_t place = (size_t)row_codes[i / width] * stride + 1 + i % width;
      expected[place] += x[i];
      bounds[place] += rows * ROUNDING * fabs((double)x[i]);
    }
    kernels->scatter_add_rows(rows, width, stride, x, row_codes, table + 1);
    expect_within("table", table_rows * stride, table, expected, bounds);
    end_case();
  }
}

static void check_distances(const lk_implementations *kernels, size_t n, size_t numbers, size_t code_count) {
  size_t stride = n + 3;
  float *number = uniform(numbers, 0, 1), *others = uniform(numbers * stride, 0, 1), *out = floats(n, NAN);
  int32_t *code = codes(code_count, 3), *other_codes = codes(code_count * stride, 3);
  double *expected = doubles(n);
  for (size_t i = 0; i < n; i++) {
    for (size_t c = 0; c < numbers; c++) expected[i] += pow((double)others[c * stride + i] - number[c], 2);
    for (size_t c = 0; c < code_count; c++) expected[i] += other_codes[c * stride + i] != code[c];
  }
  float least = kernels->mixed_distances(n, stride, numbers, code_count, number, code, others, other_codes, out);
  expect("out", n, out, expected, 0, (double)(numbers + code_count + 2) * ROUNDING);
  float smallest = out[0];
  for (size_t i = 1; i < n; i++) smallest = fminf(smallest, out[i]);
  expect_equal("least", 1, &least, &smallest);
  end_case();
}

void test_mixed_distances(const lk_implementations *kernels) {
  FOR_SIZES(n) {
    check_distances(kernels, n, 3, 2);
    check_distances(kernels, n, 0, 7);
    check_distances(kernels, n, 8, 0);
  }
}
