// Drawing rows whose counts keep close to what is expected of them.

// Exponents of the pull are kept within this.
#define PULL_LIMIT 20

static void k_sample_balanced_rows(
    size_t rows, size_t width, float *logits, const float *bias, const float *uniforms, float gain, size_t groups,
    const int32_t *starts, size_t parents, size_t stride, const uint8_t *parent_groups, float *errors, float *code_errors,
    float *weights, uint8_t *code_groups, int32_t *codes) {
  const size_t side = LK_BALANCE_GROUPS;
  for (size_t row = 0; row < rows; row++, logits += width) {
    float most = row_add_max(width, bias, logits);
    float inverse = 1.0f / row_exp(width, logits, most, logits);
    float surplus[LK_BALANCE_GROUPS] = {0}, change[LK_BALANCE_GROUPS] = {0};
    for (size_t p = 0; p < parents; p++) {
      const float *cells = errors + (p * side + parent_groups[p * stride + row]) * side;
#define BODY(i, lanes) store(surplus + i, load(surplus + i, lanes) + load(cells + i, lanes), lanes)
      FOR_VECTORS(side, BODY);
#undef BODY
    }
    for (size_t g = 0; g < groups; g++) {
      float sum = 0;
      for (int32_t i = starts[g]; i < starts[g + 1]; i++) {
        sum += logits[i];
        weights[i] = surplus[g];
      }
      change[g] = -sum * inverse;
    }
    vf total = {0};
#define BODY(i, lanes)                                                                              \
  {                                                                                                 \
    vf share = load(logits + i, lanes) * inverse, error = load(code_errors + i, lanes) - share;      \
    vf pull = -gain * (load(weights + i, lanes) + error);                                           \
    vf weight = share * exp_v(max_f(splat(-PULL_LIMIT), min_f(splat(PULL_LIMIT), pull)));            \
    store(code_errors + i, error, lanes);                                                           \
    store(weights + i, weight, lanes);                                                              \
    total += weight;                                                                                \
  }
    FOR_VECTORS(width, BODY);
#undef BODY
    size_t code = row_pick(width, weights, uniforms[row] * lane_sum(total));
    uint8_t group = 0;
    while ((size_t)starts[group + 1] <= code) group++;
    codes[row] = (int32_t)code;
    code_groups[row] = group;
    code_errors[code] += 1;
    change[group] += 1;
    for (size_t p = 0; p < parents; p++) {
      float *cells = errors + (p * side + parent_groups[p * stride + row]) * side;
#define BODY(i, lanes) store(cells + i, load(cells + i, lanes) + load(change + i, lanes), lanes)
      FOR_VECTORS(side, BODY);
#undef BODY
    }
  }
}
