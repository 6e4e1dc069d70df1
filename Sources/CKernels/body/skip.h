// Skip connections: the sum of several inputs, each times a row of gains.

// Inputs that are added together, so that the sum is read and written once for all of them.
#define SKIP_INPUTS 4
// Vectors of columns that go backward together: as many chains of sums hide the latency of one.
#define SKIP_VECTORS 4

INLINE void skip_add(size_t rows, size_t width, int count, const float *const *inputs, const float *const *gains, float *out) {
  for (size_t first = 0; first < rows * width; first += width) {
#define BODY(i, lanes)                                                                                       \
  do {                                                                                                       \
    vf sum = load(out + first + i, lanes);                                                                   \
    for (int j = 0; j < count; j++) sum += load(inputs[j] + first + i, lanes) * load(gains[j] + i, lanes);   \
    store(out + first + i, sum, lanes);                                                                      \
  } while (0)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}

static void k_skip_forward(
    size_t rows, size_t width, size_t count, const float *inputs, const float *gains, const int32_t *gain_rows, float *out) {
  const float *group[SKIP_INPUTS], *group_gains[SKIP_INPUTS];
  int members = 0;
  for (size_t index = 0; index < count; index++) {
    if (gain_rows[index] < 0) continue;
    group[members] = inputs + index * rows * width;
    group_gains[members++] = gains + (size_t)gain_rows[index] * width;
    if (members < SKIP_INPUTS) continue;
    skip_add(rows, width, SKIP_INPUTS, group, group_gains, out);
    members = 0;
  }
  for (int j = 0; j < members; j++) skip_add(rows, width, 1, group + j, group_gains + j, out);
}

// Some vectors of columns: the sums of the gains' gradients stay in registers.
INLINE void skip_backward_at(
    size_t first, size_t lanes, int vectors, size_t rows, size_t width, const float *input, const float *gain, const float *d_out,
    float *d_input, float *d_gain) {
  vf gains[SKIP_VECTORS], sums[SKIP_VECTORS];
  for (int v = 0; v < vectors; v++) {
    gains[v] = load(gain + first + v * LANES, lanes);
    sums[v] = load(d_gain + first + v * LANES, lanes);
  }
  for (size_t at = first; at < rows * width; at += width)
    for (int v = 0; v < vectors; v++) {
      size_t i = at + v * LANES;
      vf d = load(d_out + i, lanes);
      sums[v] += d * load(input + i, lanes);
      store(d_input + i, load(d_input + i, lanes) + d * gains[v], lanes);
    }
  for (int v = 0; v < vectors; v++) store(d_gain + first + v * LANES, sums[v], lanes);
}

static void k_skip_backward(
    size_t rows, size_t width, size_t count, const float *inputs, const float *gains, const int32_t *gain_rows, const float *d_out,
    float *d_inputs, float *d_gains) {
  for (size_t index = 0; index < count; index++) {
    if (gain_rows[index] < 0) continue;
    const float *input = inputs + index * rows * width, *gain = gains + (size_t)gain_rows[index] * width;
    float *d_input = d_inputs + index * rows * width, *d_gain = d_gains + (size_t)gain_rows[index] * width;
    size_t i = 0;
    for (; i + SKIP_VECTORS * LANES <= width; i += SKIP_VECTORS * LANES)
      skip_backward_at(i, LANES, SKIP_VECTORS, rows, width, input, gain, d_out, d_input, d_gain);
    for (; i + LANES <= width; i += LANES)
      skip_backward_at(i, LANES, 1, rows, width, input, gain, d_out, d_input, d_gain);
    if (i < width) skip_backward_at(i, width - i, 1, rows, width, input, gain, d_out, d_input, d_gain);
  }
}
