// Softmax cross-entropy, and drawing from a softmax.
INLINE float row_max(size_t width, const float *x) {
  vf most = splat(-INFINITY);
#define BODY(i, lanes) most = max_f(most, lanes < LANES ? first_or(lanes, load(x + i, lanes), -INFINITY) : load(x + i, LANES))
  FOR_VECTORS(width, BODY);
#undef BODY
  return lane_max(most);
}

// Rows whose logarithms are taken together.
#define LOSS_ROWS 64

static void k_cross_entropy_forward(
    size_t rows, size_t width, const float *logits, const int32_t *targets, float *losses, float *probabilities) {
  float sums[LOSS_ROWS], distances[LOSS_ROWS];
  for (size_t first = 0; first < rows; first += LOSS_ROWS) {
    size_t count = rows - first < LOSS_ROWS ? rows - first : LOSS_ROWS;
    for (size_t row = 0; row < count; row++, logits += width, probabilities += width) {
      float most = row_max(width, logits);
      distances[row] = most - logits[targets[first + row]];
      // The last vector, of which `lanes` are numbers, stays out of memory: what a masked store wrote is slow to load.
      size_t last = (width - 1) / LANES * LANES, lanes = width - last;
      vf sum = {0}, rest = first_or(lanes, exp_v(load_part(logits + last, lanes) - most), 0);
      for (size_t i = 0; i < last; i += LANES) {
        vf e = exp_v(load(logits + i, LANES) - most);
        store(probabilities + i, e, LANES);
        sum += e;
      }
      sums[row] = lane_sum(sum + rest);
      float inverse = 1.0f / sums[row];
      for (size_t i = 0; i < last; i += LANES) store(probabilities + i, load(probabilities + i, LANES) * inverse, LANES);
      store_part(probabilities + last, rest * inverse, lanes);
    }
#define BODY(i, lanes) store(losses + first + i, log_v(load(sums + i, lanes)) + load(distances + i, lanes), lanes)
    FOR_VECTORS(count, BODY);
#undef BODY
  }
}

static void k_cross_entropy_backward(
    size_t rows, size_t width, const float *probabilities, const int32_t *targets, const float *d_losses, float *d_logits) {
  for (size_t row = 0; row < rows; row++, probabilities += width, d_logits += width) {
    float scale = d_losses[row];
#define BODY(i, lanes) store(d_logits + i, scale * load(probabilities + i, lanes), lanes)
    FOR_VECTORS(width, BODY);
#undef BODY
    d_logits[targets[row]] -= scale;
  }
}

// Codes of a lesser share of the greatest are never drawn. Weights made from greater ones stay normal numbers.
#define LEAST_SHARE 0x1p-60f

// exp(x) for x up to 0; 0 where that is less than the least share.
INLINE vf share_of(vf x) {
  vf share = exp_within(max_f(x, splat(-87)));
  return select_f(share >= LEAST_SHARE, share, (vf){0});
}

static void k_sample_rows(
    size_t rows, size_t width, float *logits, const float *bias, const float *uniforms, int32_t *codes) {
  size_t last = (width - 1) / LANES * LANES, lanes = width - last;
  for (size_t row = 0; row < rows; row++, logits += width) {
    vf rest = load_part(logits + last, lanes);
    if (bias) rest += load_part(bias + last, lanes);
    vf most = rest = first_or(lanes, rest, -INFINITY);
    for (size_t i = 0; i < last; i += LANES) {
      vf x = load(logits + i, LANES);
      if (bias) store(logits + i, x += load(bias + i, LANES), LANES);
      most = max_f(most, x);
    }
    float greatest = lane_max(most);
    vf sum = {0};
    for (size_t i = 0; i < last; i += LANES) {
      vf share = share_of(load(logits + i, LANES) - greatest);
      store(logits + i, share, LANES);
      sum += splat(running_sums(share)[LANES - 1]);
    }
    rest = share_of(rest - greatest);
    store_part(logits + last, rest, lanes);
    rest = sum + running_sums(rest);
    vf left = uniforms[row] * splat(rest[LANES - 1]);
    codes[row] = mask_count(rest <= left);
    // The running sums once more: the shares are what the caller gets.
    sum = (vf){0};
    for (size_t i = 0; i < last; i += LANES) {
      vf within = running_sums(load(logits + i, LANES));
      codes[row] += mask_count(sum + within <= left);
      sum += splat(within[LANES - 1]);
    }
  }
}

static void k_add_shares(size_t rows, size_t width, const float *x, float *sums) {
  for (size_t row = 0; row < rows; row++, x += width) {
    vf total = {0};
    float rest = 0;
    size_t i = 0;
    for (; i + LANES <= width; i += LANES) total += load(x + i, LANES);
    for (; i < width; i++) rest += x[i];
    float inverse = 1.0f / (lane_sum(total) + rest);
#define BODY(i, lanes) store(sums + i, load(sums + i, lanes) + inverse * load(x + i, lanes), lanes)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}
