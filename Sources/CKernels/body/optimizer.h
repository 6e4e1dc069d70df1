// AdamW, and the average of weights.
INLINE void adamw_at(
    size_t i, size_t lanes, float scale, float rate, float decay, float b1, float b2, float inverse_c1, float inverse_c2, float epsilon,
    const float *gradient, float *m, float *v, float *weights) {
  vf g = load(gradient + i, lanes) * scale;
  vf m1 = b1 * load(m + i, lanes) + (1.0f - b1) * g;
  vf v1 = b2 * load(v + i, lanes) + (1.0f - b2) * (g * g);
  vf w = load(weights + i, lanes);
  store(m + i, m1, lanes);
  store(v + i, v1, lanes);
  store(weights + i, w - rate * (decay * w + (m1 * inverse_c1) / (sqrt_v(v1 * inverse_c2) + epsilon)), lanes);
}

static void k_adamw(
    size_t n, float scale, float rate, float decay, float b1, float b2, float c1, float c2, float epsilon,
    const float *gradient, float *m, float *v, float *weights) {
#define BODY(i, lanes) adamw_at(i, lanes, scale, rate, decay, b1, b2, 1 / c1, 1 / c2, epsilon, gradient, m, v, weights)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_move_average(size_t n, float share, const float *x, float *average) {
#define BODY(i, lanes) \
  store(average + i, load(average + i, lanes) + share * (load(x + i, lanes) - load(average + i, lanes)), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}
