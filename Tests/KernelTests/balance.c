// Balanced drawing: the reference follows the codes that the kernel draws, and checks each.
#include "check.h"

enum { rows = 80, first_rows = 30, parents = 3, stride = 90, side = LK_BALANCE_GROUPS };

static const float gain = 0.4f;

typedef struct {
  size_t width, groups;
  int32_t *starts;
  uint8_t *parent_groups;
  // As in kernels.list.h.
  double *errors, *code_errors;
  double *shares, *weights;
} reference;

static size_t group_of(const reference *r, size_t code) {
  size_t group = 0;
  while ((size_t)r->starts[group + 1] <= code) group++;
  return group;
}

static double *cells(const reference *r, size_t parent, size_t row) {
  return r->errors + (parent * side + r->parent_groups[parent * stride + row]) * side;
}

// The weights of a row's codes, their sum as the result.
static double weigh(reference *r, size_t row, const float *logits, const float *bias) {
  double most = -INFINITY, sum = 0, total = 0;
  for (size_t i = 0; i < r->width; i++) most = fmax(most, logits[i] + bias[i]);
  for (size_t i = 0; i < r->width; i++) sum += r->shares[i] = exp((double)(logits[i] + bias[i]) - most);
  for (size_t i = 0; i < r->width; i++) {
    r->shares[i] /= sum;
    r->code_errors[i] -= r->shares[i];
    double excess = r->code_errors[i];
    for (size_t p = 0; p < parents; p++) excess += cells(r, p, row)[group_of(r, i)];
    total += r->weights[i] = r->shares[i] * pow(1 - fmin(7, fmax(-8, gain * excess)) / 8, 8);
  }
  return total;
}

static void update(reference *r, size_t row, size_t code) {
  r->code_errors[code] += 1;
  for (size_t p = 0; p < parents; p++) {
    for (size_t i = 0; i < r->width; i++) cells(r, p, row)[group_of(r, i)] -= r->shares[i];
    cells(r, p, row)[group_of(r, code)] += 1;
  }
}

// Codes that must not be drawn, at either end as well.
static int is_excluded(size_t width, size_t code) { return width > 2 && (code % 7 == 0 || code + 1 == width); }

static void check_balance(const lk_implementations *kernels, size_t width, size_t groups) {
  int32_t *starts = codes(groups + 1, 1), *drawn = codes(rows, 1);
  for (size_t g = 0; g <= groups; g++) starts[g] = (int32_t)(g * width / groups);
  float *logits = normal(rows * width, 0, 1.5), *bias = normal(width, 0, 1), *uniforms = uniform(rows, 0, 1);
  for (size_t i = 0; i < rows * width; i++)
    if (is_excluded(width, i % width)) logits[i] = -1e30f;
  uniforms[0] = 0x1p-140f;
  uniforms[1] = 1 - 0x1p-24f;
  float *errors = floats(parents * side * side, 0), *code_errors = floats(lk_balance_width(width), 0);
  float *room = floats(lk_balance_room(width), NAN);
  float *before = copied(rows * width, logits);
  uint8_t *parent_groups = bytes(parents * stride, side), *code_groups = bytes(rows, 256);
  // Two calls: the second goes on with the errors of the first.
  for (size_t first = 0, count = first_rows; first < rows; first += count, count = rows - first) {
    kernels->sample_balanced_rows(
        count, width, logits + first * width, bias, uniforms + first, gain, groups, starts, parents, stride,
        parent_groups + first, errors, code_errors, room, code_groups + first, drawn + first);
  }
  reference r = {width, groups, starts, parent_groups, doubles(parents * side * side), doubles(width), doubles(width),
                 doubles(width)};
  for (size_t row = 0; row < rows; row++) {
    double total = weigh(&r, row, logits + row * width, bias), sum = 0;
    size_t code = (size_t)drawn[row];
    expect_true("range of the code of row", row, code < width);
    if (code >= width) break;
    expect_true("exclusion in row", row, !is_excluded(width, code));
    for (size_t i = 0; i < code; i++) sum += r.weights[i];
    double position = uniforms[row] * total, slack = 2e-5 * total;
    expect_true("code of row", row, position >= sum - slack && position <= sum + r.weights[code] + slack);
    expect_true("group of row", row, code_groups[row] == group_of(&r, code));
    update(&r, row, code);
  }
  expect_equal("logits", rows * width, logits, before);
  expect("errors", parents * side * side, errors, r.errors, 2e-5, 0);
  expect("code_errors", width, code_errors, r.code_errors, 2e-5, 0);
  end_case();
}

void test_sample_balanced_rows(const lk_implementations *kernels) {
  FOR_SIZES(width) {
    // A group for each code where there are as few.
    check_balance(kernels, width, width < side ? width : side);
    check_balance(kernels, width, width < 5 ? width : 5);
  }
}
