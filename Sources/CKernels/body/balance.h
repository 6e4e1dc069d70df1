// Drawing rows whose counts keep close to what is expected of them.

// Vectors of a row of groups.
#define GROUP_VECTORS (LK_BALANCE_GROUPS / LANES)

// (1 - x / 8)^8 where x, `gain` times the excess, is kept from -8 to 7: nearly exp(-x) for the small x that occur, and falling
// with x like it.
INLINE vf pull_v(float gain, vf excess) {
  vf y = clamp(1 - gain / 8 * excess, 0.125f, 2);
  y *= y;
  y *= y;
  return y * y;
}

// 1 in the lane of `place`, else 0.
INLINE vf one_at(int32_t place) { return (vf)((lane_numbers() == place - (vi){0}) & (vi)splat(1)); }

// shares = exp(x + bias - their maximum), 0 in the lanes beyond the width; returns the sum.
INLINE float row_shares(size_t width, const float *x, const float *bias, float *shares) {
  vf most = splat(-INFINITY), sum = {0};
#define BODY(i, lanes)                                            \
  {                                                               \
    vf logit = load(x + i, lanes) + load(bias + i, lanes);        \
    if (lanes < LANES) logit = first_or(lanes, logit, -INFINITY); \
    store(shares + i, logit, LANES);                              \
    most = max_f(most, logit);                                    \
  }
  FOR_VECTORS(width, BODY);
#undef BODY
  float greatest = lane_max(most);
  for (size_t i = 0; i < width; i += LANES) {
    vf share = share_of(load(shares + i, LANES) - greatest);
    store(shares + i, share, LANES);
    sum += share;
  }
  return lane_sum(sum);
}

// The cells of a row's parents: LK_BALANCE_GROUPS numbers at `cells` for each.
#define FOR_PARENT_CELLS(row, BODY)                                                                       \
  for (size_t p = 0; p < parents; p++) {                                                                  \
    float *cells = errors + (p * LK_BALANCE_GROUPS + parent_groups[p * stride + row]) * LK_BALANCE_GROUPS; \
    for (int i = 0; i < GROUP_VECTORS; i++) BODY;                                                         \
  }

// The number of running sums up to `left`, of those from `sums` to the index `last` and those in the vector behind. It is the
// code drawn where `left` is a number in (0, 1) times the greatest sum. Its weight is not zero, as sums do not grow at zeros.
INLINE int32_t row_pick(size_t last, const float *sums, vf rest, vf left) {
  int32_t count = mask_count(rest <= left);
  for (size_t i = 0; i < last; i += LANES) count += mask_count(load(sums + i, LANES) <= left);
  return count;
}

// A row's weights wait for the code of the row before. So its share in the errors is added in registers (`drawn`, `repeated`) and
// reaches the parents' cells a row later: what has just been stored is slow to load.
static void k_sample_balanced_rows(
    size_t rows, size_t width, const float *logits, const float *bias, const float *uniforms, float gain, size_t groups,
    const int32_t *starts, size_t parents, size_t stride, const uint8_t *parent_groups, float *errors, float *code_errors,
    float *room, uint8_t *code_groups, int32_t *codes) {
  size_t last = (width - 1) / LANES * LANES, padded = last + LANES;
  float *weights = room, *sums = weights + padded, below[LK_BALANCE_GROUPS + 1] = {0};
  int32_t *group_of = (int32_t *)(sums + padded), code = -1, group = -1;
  for (size_t g = 0; g < groups; g++)
    for (int32_t i = starts[g]; i < starts[g + 1]; i++) group_of[i] = (int32_t)g;
  for (size_t i = width; i < padded; i++) group_of[i] = 0;
  // What the row before adds to cells, without its code.
  vf change[GROUP_VECTORS] = {0};
  for (size_t row = 0; row < rows; row++, logits += width) {
    float inverse = 1 / row_shares(width, logits, bias, weights), repeats = 0;
    vf surplus[GROUP_VECTORS] = {0};
    FOR_PARENT_CELLS(row, surplus[i] += load(cells + i * LANES, LANES));
    if (row > 0) {
      for (size_t p = 0; p < parents; p++) repeats += parent_groups[p * stride + row] == parent_groups[p * stride + row - 1];
      for (int i = 0; i < GROUP_VECTORS; i++) surplus[i] += repeats * change[i];
      for (int i = 0; i < GROUP_VECTORS; i++) change[i] += one_at(group - i * LANES);
      FOR_PARENT_CELLS(row - 1, store(cells + i * LANES, load(cells + i * LANES, LANES) + change[i], LANES));
    }
    // Less the sum of the shares of each group.
    if (groups == width) {
      for (int i = 0; i < GROUP_VECTORS && (size_t)i * LANES < padded; i++)
        change[i] = -inverse * load(weights + i * LANES, LANES);
    } else {
      vf sum = {0};
      for (size_t i = 0; i < padded; i += LANES) {
        vf within = running_sums(load(weights + i, LANES));
        store(sums + i, sum + within, LANES);
        sum += splat(within[LANES - 1]);
      }
      for (size_t g = 0; g < groups; g++) below[g + 1] = sums[starts[g + 1] - 1];
      for (size_t g = groups + 1; g <= LK_BALANCE_GROUPS; g++) below[g] = below[groups];
      for (int i = 0; i < GROUP_VECTORS; i++)
        change[i] = inverse * (load(below + i * LANES, LANES) - load(below + i * LANES + 1, LANES));
    }
    vf total = {0}, rest = {0};
    for (size_t i = 0; i < padded; i += LANES) {
      vi groups_here;
      memcpy(&groups_here, group_of + i, sizeof groups_here);
      vf drawn = one_at(code - (int32_t)i), repeated = (vf)((groups_here == group) & (vi)splat(repeats));
      vf share = inverse * load(weights + i, LANES), error = load(code_errors + i, LANES) - share;
      vf within = running_sums(share * pull_v(gain, lookup(surplus, group_of + i) + error + drawn + repeated));
      rest = total + within;
      total += splat(within[LANES - 1]);
      store(code_errors + i, error + drawn, LANES);
      store(weights + i, rest, LANES);
    }
    code = row_pick(last, weights, rest, uniforms[row] * total);
    group = group_of[code];
    codes[row] = code;
    code_groups[row] = (uint8_t)group;
  }
  if (rows == 0) return;
  code_errors[code] += 1;
  for (int i = 0; i < GROUP_VECTORS; i++) change[i] += one_at(group - i * LANES);
  FOR_PARENT_CELLS(rows - 1, store(cells + i * LANES, load(cells + i * LANES, LANES) + change[i], LANES));
}
#undef FOR_PARENT_CELLS
