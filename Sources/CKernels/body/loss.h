// Softmax cross-entropy, and drawing from a softmax.
INLINE float row_max(size_t width, const float *x) {
  vf most = splat(x[0]);
  size_t i = 0;
  for (; i + LANES <= width; i += LANES) most = max_f(most, load(x + i, LANES));
  float result = lane_max(most);
  for (; i < width; i++) result = result > x[i] ? result : x[i];
  return result;
}

// out = exp(x - offset); returns the sum.
INLINE float row_exp(size_t width, const float *x, float offset, float *out) {
  vf sum = {0};
  size_t i = 0;
  for (; i + LANES <= width; i += LANES) {
    vf e = exp_v(load(x + i, LANES) - offset);
    store(out + i, e, LANES);
    sum += e;
  }
  float rest = 0;
  if (i < width) {
    store(out + i, exp_v(load(x + i, width - i) - offset), width - i);
    for (; i < width; i++) rest += out[i];
  }
  return lane_sum(sum) + rest;
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
      sums[row] = row_exp(width, logits, most, probabilities);
      float inverse = 1.0f / sums[row];
#define BODY(i, lanes) store(probabilities + i, load(probabilities + i, lanes) * inverse, lanes)
      FOR_VECTORS(width, BODY);
#undef BODY
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

// x += bias; returns the maximum.
INLINE float row_add_max(size_t width, const float *bias, float *x) {
  vf most = splat(-INFINITY);
  size_t i = 0;
  for (; i + LANES <= width; i += LANES) {
    vf sum = load(x + i, LANES) + load(bias + i, LANES);
    store(x + i, sum, LANES);
    most = max_f(most, sum);
  }
  float result = lane_max(most);
  for (; i < width; i++) {
    x[i] += bias[i];
    result = result > x[i] ? result : x[i];
  }
  return result;
}

// The index at which the running sum of weights passes `left`.
INLINE size_t row_pick(size_t width, const float *weights, float left) {
  size_t i = 0;
  for (; i + LANES < width; i += LANES) {
    float sum = lane_sum(load(weights + i, LANES));
    if (left < sum) break;
    left -= sum;
  }
  while (i + 1 < width && left >= weights[i]) left -= weights[i++];
  // Rounding may lead past the last code of any weight, or onto one of none: step back, and on where none before has any.
  while (i > 0 && weights[i] < 0x1p-100f) i--;
  while (i + 1 < width && weights[i] < 0x1p-100f) i++;
  return i;
}

static void k_sample_rows(
    size_t rows, size_t width, float *logits, const float *bias, const float *uniforms, int32_t *codes) {
  for (size_t row = 0; row < rows; row++, logits += width) {
    float most = bias ? row_add_max(width, bias, logits) : row_max(width, logits);
    float sum = row_exp(width, logits, most, logits);
    codes[row] = (int32_t)row_pick(width, logits, uniforms[row] * sum);
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
