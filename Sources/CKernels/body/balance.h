// Drawing rows whose counts keep close to what is expected of them.

// Vectors of a row of groups.
#define GROUP_VECTORS (LK_BALANCE_GROUPS / LANES)
// Logits this far below the greatest count as this far, so that no number becomes subnormal: some processors are slow at those.
// With the greatest pull such a code still weighs less than what `row_pick` takes for nothing.
#define LOWEST_LOGIT -75

// (1 + x / 8)^8, x kept from -7 to 8: nearly exp(x) for the small x that occur, and growing with x like it.
INLINE vf pull_v(vf x) {
  vf y = 1 + 0.125f * max_f(min_f(x, splat(8)), splat(-7));
  y *= y;
  y *= y;
  return y * y;
}

INLINE vi lane_numbers(void) {
  vi numbers;
  for (int i = 0; i < LANES; i++) numbers[i] = i;
  return numbers;
}

// 1 in the lane of `place`, else 0.
INLINE vf one_at(int32_t place) { return (vf)((lane_numbers() == place - (vi){0}) & (vi)splat(1)); }

// shares = exp(x + bias - their maximum), almost 0 in the lanes beyond the width; returns the sum.
INLINE float row_shares(size_t width, const float *x, const float *bias, float *shares) {
  vf most = splat(-INFINITY), sum = {0};
#define BODY(i, lanes)                                                                                 \
  {                                                                                                    \
    vf logit = load(x + i, lanes) + load(bias + i, lanes);                                             \
    if (lanes < LANES) logit = select_f(lane_numbers() < (int32_t)(lanes) - (vi){0}, logit, splat(-INFINITY)); \
    store(shares + i, logit, LANES);                                                                   \
    most = max_f(most, logit);                                                                         \
  }
  FOR_VECTORS(width, BODY);
#undef BODY
  float greatest = lane_max(most);
  for (size_t i = 0; i < width; i += LANES) {
    vf share = exp_within(max_f(load(shares + i, LANES) - greatest, splat(LOWEST_LOGIT)));
    store(shares + i, share, LANES);
    sum += share;
  }
  return lane_sum(sum);
}

// The cells of a row's parents: LK_BALANCE_GROUPS numbers at `cells` for each.
#define FOR_PARENT_CELLS(BODY)                                                                            \
  for (size_t p = 0; p < parents; p++) {                                                                  \
    float *cells = errors + (p * LK_BALANCE_GROUPS + parent_groups[p * stride + row]) * LK_BALANCE_GROUPS; \
    for (size_t i = 0; i < GROUP_VECTORS; i++) BODY;                                                      \
  }

static void k_sample_balanced_rows(
    size_t rows, size_t width, const float *logits, const float *bias, const float *uniforms, float gain, size_t groups,
    const int32_t *starts, size_t parents, size_t stride, const uint8_t *parent_groups, float *errors, float *code_errors,
    float *room, uint8_t *code_groups, int32_t *codes) {
  // Where each code is a group of its own, numbers of groups are those of codes.
  const int is_apart = groups == width;
  float surplus[LK_BALANCE_GROUPS], change[LK_BALANCE_GROUPS] = {0};
  float *weights = room, *code_surplus = is_apart ? surplus : room + (width + LANES - 1) / LANES * LANES;
  for (size_t row = 0; row < rows; row++, logits += width) {
    vf sums[GROUP_VECTORS] = {0};
    FOR_PARENT_CELLS(sums[i] += load(cells + i * LANES, LANES));
    for (size_t i = 0; i < GROUP_VECTORS; i++) store(surplus + i * LANES, sums[i], LANES);
    float inverse = 1 / row_shares(width, logits, bias, weights);
    if (is_apart) {
      for (size_t i = 0; i < width; i += LANES) store(change + i, -inverse * load(weights + i, LANES), LANES);
    } else {
      for (size_t g = 0; g < groups; g++) {
        // Whole vectors: the next group writes over what is too much.
        for (int32_t i = starts[g]; i < starts[g + 1]; i += LANES) store(code_surplus + i, splat(surplus[g]), LANES);
        float sum = 0;
        for (int32_t i = starts[g]; i < starts[g + 1]; i++) sum += weights[i];
        change[g] = -inverse * sum;
      }
    }
    vf total = {0};
    for (size_t i = 0; i < width; i += LANES) {
      vf share = inverse * load(weights + i, LANES), error = load(code_errors + i, LANES) - share;
      vf weight = share * pull_v(-gain * (load(code_surplus + i, LANES) + error));
      store(code_errors + i, error, LANES);
      store(weights + i, weight, LANES);
      total += weight;
    }
    size_t code = row_pick(width, weights, uniforms[row] * lane_sum(total));
    int32_t group = is_apart ? (int32_t)code : 0;
    if (!is_apart)
      for (size_t g = 1; g < groups; g++) group += starts[g] <= (int32_t)code;
    codes[row] = (int32_t)code;
    code_groups[row] = (uint8_t)group;
    code_errors[code] += 1;
    vf changes[GROUP_VECTORS];
    for (int i = 0; i < GROUP_VECTORS; i++) changes[i] = load(change + i * LANES, LANES) + one_at(group - i * LANES);
    FOR_PARENT_CELLS(store(cells + i * LANES, load(cells + i * LANES, LANES) + changes[i], LANES));
  }
}
#undef FOR_PARENT_CELLS
