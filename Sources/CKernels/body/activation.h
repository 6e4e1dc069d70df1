// GELU and dropout.

// The normal distribution function by formula 7.1.26 of Abramowitz and Stegun (1964), whose exponential serves the density too.
INLINE vf normal_distribution(vf x, vf *density) {
  vf a = (vf)((vi)x & 0x7fffffff) * 0.70710678f;
  vf e = exp_nearly(max_f(-(a * a), splat(-87)));
  vf t = reciprocal(1.0f + 0.3275911f * a);
  vf p = t * 1.061405429f + -1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t + -0.284496736f;
  p = p * t + 0.254829592f;
  vf tail = 0.5f * p * t * e;
  *density = 0.39894228f * e;
  return select_f(x > splat(0), 1.0f - tail, tail);
}

INLINE void bias_gelu_at(size_t i, size_t lanes, const float *bias, float *x) {
  vf v = load(x + i, lanes) + load(bias + i, lanes), density;
  store(x + i, v * normal_distribution(v, &density), lanes);
}

static void k_bias_gelu(size_t rows, size_t width, const float *bias, float *x) {
  for (size_t row = 0; row < rows; row++, x += width) {
#define BODY(i, lanes) bias_gelu_at(i, lanes, bias, x)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}

typedef uint64_t vw __attribute__((vector_size(sizeof(vf))));

// The 64 bits of a b, of the even lanes and of the odd ones, which take no moves between lanes.
INLINE void multiply_wide(vu a, uint32_t b, vu *high, vu *low) {
  const vw low_half = (vw){0} + 0xffffffffu;
  vw even = ((vw)a & low_half) * b, odd = ((vw)a >> 32) * b;
  *low = (vu)((even & low_half) | (odd << 32));
  *high = (vu)((even >> 32) | (odd & ~low_half));
}

// Philox4x32-10 (Salmon et al., 2011) of LANES consecutive counters.
INLINE void philox_v(uint64_t first, uint64_t stream, uint64_t key, vu out[4]) {
  vu lane;
  for (uint32_t i = 0; i < LANES; i++) lane[i] = i;
  vu c0 = lane + (uint32_t)first, c1 = (vu){0} + (uint32_t)(first >> 32);
  vu c2 = (vu){0} + (uint32_t)stream, c3 = (vu){0} + (uint32_t)(stream >> 32);
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    vu high0, low0, high1, low1;
    multiply_wide(c0, 0xD2511F53u, &high0, &low0);
    multiply_wide(c2, 0xCD9E8D57u, &high1, &low1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// Numbers of a group of masks.
#define MASK_GROUP 128

// Sixteen blocks stand for a group: word w, half s of block b is number 32 w + 16 s + b, whatever the vector width.
INLINE void dropout_group(size_t start, float rate, uint64_t key, uint64_t stream, float mask[MASK_GROUP]) {
  uint32_t dropped = (uint32_t)(rate * 65536.0f);
  float kept = 65536.0f / (65536.0f - (float)dropped);
  for (size_t block = 0; block < 16; block += LANES) {
    vu words[4];
    philox_v(start / 8 + block, stream, key, words);
    for (int w = 0; w < 4; w++) {
      store(mask + 32 * w + block, select_f((words[w] & 0xffff) < dropped, splat(0), splat(kept)), LANES);
      store(mask + 32 * w + 16 + block, select_f((words[w] >> 16) < dropped, splat(0), splat(kept)), LANES);
    }
  }
}

static void k_dropout(size_t n, float rate, uint64_t key, uint64_t stream, float *x, float *kept_mask) {
  for (size_t start = 0; start < n; start += MASK_GROUP, x += MASK_GROUP) {
    float mask[MASK_GROUP];
    size_t count = n - start < MASK_GROUP ? n - start : MASK_GROUP;
    dropout_group(start, rate, key, stream, mask);
    if (kept_mask) memcpy(kept_mask + start, mask, count * sizeof(float));
#define BODY(i, lanes) store(x + i, load(x + i, lanes) * load(mask + i, lanes), lanes)
    FOR_VECTORS(count, BODY);
#undef BODY
  }
}

INLINE void gelu_at(size_t i, size_t lanes, const float *x, const float *mask, float *slope, float *y) {
  vf v = load(x + i, lanes), density;
  vf phi = normal_distribution(v, &density);
  vf m = mask ? load(mask + i, lanes) : splat(1);
  store(y + i, m * v * phi, lanes);
  store(slope + i, m * (phi + v * density), lanes);
}

static void k_gelu_forward(
    size_t n, float rate, uint64_t key, uint64_t stream, const float *x, float *slope, float *y) {
  for (size_t start = 0; start < n; start += MASK_GROUP, x += MASK_GROUP, slope += MASK_GROUP, y += MASK_GROUP) {
    float group[MASK_GROUP];
    const float *mask = rate > 0 ? group : NULL;
    if (mask) dropout_group(start, rate, key, stream, group);
#define BODY(i, lanes) gelu_at(i, lanes, x, mask, slope, y)
    FOR_VECTORS(n - start < MASK_GROUP ? n - start : MASK_GROUP, BODY);
#undef BODY
  }
}
