// Layer normalisation (Ba, Kiros and Hinton, 2016), with the biased variance.
INLINE void row_statistics(size_t width, float epsilon, const float *x, float *mean, float *inverse) {
  vf sum = {0}, squares = {0};
#define BODY(i, lanes) sum += load(x + i, lanes)
  FOR_VECTORS(width, BODY);
#undef BODY
  *mean = lane_sum(sum) / (float)width;
  size_t full = width - width % LANES;
  for (size_t i = 0; i < full; i += LANES) squares += square(load(x + i, LANES) - *mean);
  float rest = 0;
  for (size_t i = full; i < width; i++) rest += (x[i] - *mean) * (x[i] - *mean);
  *inverse = 1.0f / sqrtf((lane_sum(squares) + rest) / (float)width + epsilon);
}

INLINE vf normalized_at(
    size_t i, size_t lanes, float mean, float inverse, const float *x, const float *gain, const float *bias) {
  return (load(x + i, lanes) - mean) * inverse * load(gain + i, lanes) + load(bias + i, lanes);
}

static void k_layer_norm_forward(
    size_t rows, size_t width, float epsilon, const float *x, const float *gain, const float *bias, float *statistics,
    float *y) {
  for (size_t row = 0; row < rows; row++, x += width, y += width, statistics += 2) {
    row_statistics(width, epsilon, x, statistics, statistics + 1);
#define BODY(i, lanes) store(y + i, normalized_at(i, lanes, statistics[0], statistics[1], x, gain, bias), lanes)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}

INLINE vf asked_at(size_t i, size_t lanes, const float *h, const float *query) {
  return h ? load(h + i, lanes) + load(query + i, lanes) : load(query + i, lanes);
}

static void k_query_forward(
    size_t rows, size_t width, float epsilon, const float *h, const float *query, const float *offset, const float *gain,
    const float *bias, float *statistics, float *sum, float *normal) {
  for (size_t row = 0; row < rows; row++, h = h ? h + width : h, sum += width, normal += width) {
    float mean, inverse;
#define BODY(i, lanes) store(sum + i, asked_at(i, lanes, h, query), lanes)
    FOR_VECTORS(width, BODY);
#undef BODY
    row_statistics(width, epsilon, sum, &mean, &inverse);
#define BODY(i, lanes)                                                                  \
  do {                                                                                  \
    store(normal + i, normalized_at(i, lanes, mean, inverse, sum, gain, bias), lanes);  \
    store(sum + i, load(sum + i, lanes) + load(offset + i, lanes), lanes);              \
  } while (0)
    FOR_VECTORS(width, BODY);
#undef BODY
    if (statistics) {
      statistics[2 * row] = mean;
      statistics[2 * row + 1] = inverse;
    }
  }
}

INLINE void layer_norm_input_gradient_at(
    size_t i, size_t lanes, float mean, float inverse, float mean_d, float mean_d_x, const float *x, const float *gain,
    const float *d_y, float *d_x, float *d_gain, float *d_bias) {
  vf normal = (load(x + i, lanes) - mean) * inverse, d = load(d_y + i, lanes);
  store(d_gain + i, load(d_gain + i, lanes) + d * normal, lanes);
  store(d_bias + i, load(d_bias + i, lanes) + d, lanes);
  store(d_x + i, load(d_x + i, lanes) + inverse * (d * load(gain + i, lanes) - mean_d - normal * mean_d_x), lanes);
}

static void k_layer_norm_backward(
    size_t rows, size_t width, const float *x, const float *gain, const float *statistics, const float *d_y, float *d_x,
    float *d_gain, float *d_bias) {
  for (size_t row = 0; row < rows; row++, x += width, d_y += width, d_x += width, statistics += 2) {
    float mean = statistics[0], inverse = statistics[1];
    vf sum = {0}, sum_x = {0};
#define BODY(i, lanes)                                          \
  do {                                                          \
    vf d = load(d_y + i, lanes) * load(gain + i, lanes);        \
    sum += d;                                                   \
    sum_x += d * ((load(x + i, lanes) - mean) * inverse);       \
  } while (0)
    FOR_VECTORS(width, BODY);
#undef BODY
    float mean_d = lane_sum(sum) / (float)width, mean_d_x = lane_sum(sum_x) / (float)width;
#define BODY(i, lanes) \
  layer_norm_input_gradient_at(i, lanes, mean, inverse, mean_d, mean_d_x, x, gain, d_y, d_x, d_gain, d_bias)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}

INLINE void query_gradient_at(
    size_t i, size_t lanes, float mean, float inverse, float mean_d, float mean_d_x, const float *h, const float *query,
    const float *gain, const float *d_sum, const float *d_normal, float *d_h, float *d_query, float *d_gain, float *d_bias) {
  vf normal = (asked_at(i, lanes, h, query) - mean) * inverse, d = load(d_normal + i, lanes);
  store(d_gain + i, load(d_gain + i, lanes) + d * normal, lanes);
  store(d_bias + i, load(d_bias + i, lanes) + d, lanes);
  vf gradient = load(d_sum + i, lanes) + inverse * (d * load(gain + i, lanes) - mean_d - normal * mean_d_x);
  store(d_query + i, load(d_query + i, lanes) + gradient, lanes);
  if (d_h) store(d_h + i, load(d_h + i, lanes) + gradient, lanes);
}

static void k_query_backward(
    size_t rows, size_t width, const float *h, const float *query, const float *gain, const float *statistics,
    const float *d_sum, const float *d_normal, float *d_h, float *d_query, float *d_gain, float *d_bias) {
  for (size_t row = 0; row < rows; row++, statistics += 2, d_sum += width, d_normal += width) {
    float mean = statistics[0], inverse = statistics[1];
    vf sum = {0}, sum_x = {0};
#define BODY(i, lanes)                                                            \
  do {                                                                            \
    vf d = load(d_normal + i, lanes) * load(gain + i, lanes);                     \
    sum += d;                                                                     \
    sum_x += d * ((asked_at(i, lanes, h, query) - mean) * inverse);               \
  } while (0)
    FOR_VECTORS(width, BODY);
#undef BODY
    float mean_d = lane_sum(sum) / (float)width, mean_d_x = lane_sum(sum_x) / (float)width;
#define BODY(i, lanes)                                                                                              \
  query_gradient_at(i, lanes, mean, inverse, mean_d, mean_d_x, h, query, gain, d_sum, d_normal, d_h, d_query, d_gain, d_bias)
    FOR_VECTORS(width, BODY);
#undef BODY
    if (h) h += width;
    if (d_h) d_h += width;
  }
}
