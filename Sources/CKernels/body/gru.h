// The GRU's gates. Forward, a row's r and z are computed before its candidates: the processor then works on several short chains
// of instructions at once, where one long chain for each vector would make it wait.
// sigmoid(x) and sigmoid(y) with one division: 1 / a = b / (a b). Below -40 a gate is 4e-18, and the product stays finite.
INLINE void two_sigmoids(vf *x, vf *y) {
  vf a = 1.0f + exp_nearly(clamp(-*x, -87, 40)), b = 1.0f + exp_nearly(clamp(-*y, -87, 40));
  vf inverse = reciprocal(a * b);
  *x = b * inverse;
  *y = a * inverse;
}

// Absolute error below 2e-7, which is what a candidate needs: the polynomial that keeps it relative near zero is left out.
INLINE vf candidate_tanh(vf x) { return 1.0f - 2.0f * reciprocal(exp_nearly(clamp(x + x, -87, 87)) + 1.0f); }

INLINE void gru_gates_at(size_t i, size_t lanes, size_t width, const float *g, const float *bias, float *u) {
  vf r = load(g + i, lanes) + load(u + i, lanes) + load(bias + i, lanes);
  vf z = load(g + width + i, lanes) + load(u + width + i, lanes) + load(bias + width + i, lanes);
  two_sigmoids(&r, &z);
  store(u + i, r, lanes);
  store(u + width + i, z, lanes);
}

INLINE void gru_next_at(
    size_t i, size_t lanes, size_t width, int z_keeps, const float *g, const float *bias, const float *h, float *u, float *n,
    float *next) {
  vf u_n = load(u + 2 * width + i, lanes) + load(bias + 2 * width + i, lanes);
  vf candidate = candidate_tanh(load(g + 2 * width + i, lanes) + load(u + i, lanes) * u_n);
  vf before = h ? load(h + i, lanes) : splat(0), z = load(u + width + i, lanes);
  if (n) {
    store(u + 2 * width + i, u_n, lanes);
    store(n + i, candidate, lanes);
  }
  store(next + i, z_keeps ? candidate + z * (before - candidate) : before + z * (candidate - before), lanes);
}

// What gru_forward and gru_step do for one row; its input is g.
INLINE void gru_row(
    size_t width, int z_keeps, const float *g, const float *bias, const float *h, float *u, float *n, float *next) {
#define BODY(i, lanes) gru_gates_at(i, lanes, width, g, bias, u)
  FOR_VECTORS(width, BODY);
#undef BODY
#define BODY(i, lanes) gru_next_at(i, lanes, width, z_keeps, g, bias, h, u, n, next)
  FOR_VECTORS(width, BODY);
#undef BODY
}

static void k_gru_forward(
    size_t rows, size_t width, int z_keeps, const float *input, const int32_t *codes, const float *bias, const float *h,
    float *u, float *n, float *next) {
  for (size_t row = 0; row < rows; row++, h += width, u += 3 * width, next += width, n = n ? n + width : n)
    gru_row(width, z_keeps, input + (codes ? (size_t)codes[row] : row) * 3 * width, bias, h, u, n, next);
}

// The products of a block of rows are still in the first cache when its gates are computed.
#define GRU_ROWS (2 * TILE_ROWS)

static void k_gru_step(
    size_t rows, size_t width, int z_keeps, const float *input, const int32_t *codes, const float *packed, const float *bias,
    const float *h, float *u, float *n, float *next) {
  for (size_t first = 0; first < rows; first += GRU_ROWS) {
    size_t count = rows - first < GRU_ROWS ? rows - first : GRU_ROWS;
    if (h)
      k_multiply_packed(count, width, 3 * width, h + first * width, packed, NULL, 0, u + first * 3 * width);
    else
      memset(u + first * 3 * width, 0, count * 3 * width * sizeof(float));
    for (size_t row = first; row < first + count; row++)
      gru_row(width, z_keeps, input + (codes ? (size_t)codes[row] : row) * 3 * width, bias, h ? h + row * width : NULL,
              u + row * 3 * width, n ? n + row * width : NULL, next + row * width);
  }
}

INLINE void gru_backward_at(
    size_t i, size_t lanes, size_t width, int z_keeps, const float *h, const float *n, const float *d_next_row,
    float *u, float *d_h, float *d_g) {
  vf r = load(u + i, lanes), z = load(u + width + i, lanes), u_n = load(u + 2 * width + i, lanes);
  vf candidate = load(n + i, lanes), d_next = load(d_next_row + i, lanes);
  vf share = z_keeps ? 1.0f - z : z;  // of the candidate in the next state
  vf d_z = d_next * (candidate - load(h + i, lanes)) * z * (1.0f - z);
  if (z_keeps) d_z = -d_z;
  vf d_n = d_next * share * (1.0f - candidate * candidate);
  vf d_r = d_n * u_n * r * (1.0f - r);
  store(d_h + i, load(d_h + i, lanes) + d_next * (1.0f - share), lanes);
  store(u + i, d_r, lanes);
  store(u + width + i, d_z, lanes);
  store(u + 2 * width + i, d_n * r, lanes);
  store(d_g + i, load(d_g + i, lanes) + d_r, lanes);
  store(d_g + width + i, load(d_g + width + i, lanes) + d_z, lanes);
  store(d_g + 2 * width + i, load(d_g + 2 * width + i, lanes) + d_n, lanes);
}

static void k_gru_backward(
    size_t rows, size_t width, int z_keeps, const int32_t *codes, const float *h, const float *n,
    const float *d_next, float *u, float *d_h, float *d_input) {
  for (size_t row = 0; row < rows; row++, h += width, u += 3 * width, n += width, d_next += width, d_h += width) {
    float *d_g = d_input + (codes ? (size_t)codes[row] : row) * 3 * width;
#define BODY(i, lanes) gru_backward_at(i, lanes, width, z_keeps, h, n, d_next, u, d_h, d_g)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}
