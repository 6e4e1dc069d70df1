// Matrix products. A tile of sums stays in registers while the inner dimension runs, and the right matrix lies in panels of two
// vectors' width, so that its rows are read one after another (Goto and van de Geijn, "Anatomy of high-performance matrix
// multiplication", 2008).

// Rows of a tile: as many as leave registers for the panel's row. Sixteen sums hide the latency of two multipliers.
#define TILE_ROWS (LANES == 16 ? 8 : 6)
#define TILE_VECTORS 2
#define PANEL (TILE_VECTORS * LANES)
// The part of the inner dimension that a panel on the stack has.
#define PANEL_INNER 256

// A part of a product that shares a panel.
typedef struct {
  size_t inner;
  const float *a;
  size_t a_stride;
  const float *panel;
  // Added to every row; may be NULL.
  const float *bias;
  int adds;
  float *c;
  size_t c_stride;
  // Lanes of the last vector.
  size_t last;
} panel_product;

// `transposed` says that a is read down its columns. With rows, vectors and transposed known at compile time all sums are registers.
INLINE void tile(const panel_product *p, int rows, int vectors, int transposed) {
  vf sums[TILE_ROWS][TILE_VECTORS];
  for (int v = 0; v < vectors; v++) {
    size_t lanes = v + 1 < vectors ? LANES : p->last;
    vf start = p->bias ? load(p->bias + v * LANES, lanes) : splat(0);
    for (int r = 0; r < rows; r++)
      sums[r][v] = p->adds ? start + load(p->c + r * p->c_stride + v * LANES, lanes) : start;
  }
  const float *a = p->a, *b = p->panel;
  size_t a_row = transposed ? 1 : p->a_stride, a_inner = transposed ? p->a_stride : 1;
  for (size_t k = 0; k < p->inner; k++, a += a_inner, b += PANEL) {
    vf row[TILE_VECTORS];
    for (int v = 0; v < vectors; v++) row[v] = load(b + v * LANES, LANES);
    for (int r = 0; r < rows; r++) {
      vf x = splat(a[r * a_row]);
      for (int v = 0; v < vectors; v++) sums[r][v] += x * row[v];
    }
  }
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < vectors; v++)
      store(p->c + r * p->c_stride + v * LANES, sums[r][v], v + 1 < vectors ? LANES : p->last);
}

#define TILE(rows) case rows: tile(p, rows, vectors, transposed); break;
#if LANES == 16
#define TILES TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8)
#else
#define TILES TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#endif

INLINE void tile_of(const panel_product *p, size_t rows, int vectors, int transposed) {
  switch (rows) { TILES }
}

static void tile_narrow(const panel_product *p, size_t rows) { tile_of(p, rows, 1, 0); }
static void tile_wide(const panel_product *p, size_t rows) { tile_of(p, rows, 2, 0); }
static void tile_narrow_transposed(const panel_product *p, size_t rows) { tile_of(p, rows, 1, 1); }
static void tile_wide_transposed(const panel_product *p, size_t rows) { tile_of(p, rows, 2, 1); }

// Multiplies all rows of a with one panel, of which `columns` columns are in use.
static void multiply_panel(panel_product p, size_t rows, size_t columns, int transposed) {
  int is_narrow = columns <= LANES;
  p.last = is_narrow ? columns : columns - LANES;
  void (*tile_function)(const panel_product *, size_t) =
      is_narrow ? (transposed ? tile_narrow_transposed : tile_narrow) : (transposed ? tile_wide_transposed : tile_wide);
  while (rows > 0) {
    // Two tiles of nearly the same height are faster than a full and a flat one.
    size_t count = rows <= TILE_ROWS ? rows : rows < 2 * TILE_ROWS ? (rows + 1) / 2 : TILE_ROWS;
    tile_function(&p, count);
    p.a += count * (transposed ? 1 : p.a_stride);
    p.c += count * p.c_stride;
    rows -= count;
  }
}

// Copies up to PANEL columns of b, rows of `stride` numbers, and fills what is missing with zeros.
INLINE void pack_panel(size_t inner, size_t columns, size_t stride, const float *b, float *panel) {
  size_t first = columns < LANES ? columns : LANES, second = columns - first;
  for (size_t k = 0; k < inner; k++, b += stride, panel += PANEL) {
    store(panel, load(b, first), LANES);
    store(panel + LANES, second ? load(b + LANES, second) : splat(0), LANES);
  }
}

// The same of the transpose of b, whose rows of `stride` numbers are the panel's columns.
INLINE void pack_transposed_panel(size_t inner, size_t columns, size_t stride, const float *b, float *panel) {
  for (size_t k = 0; k < inner; k++)
    for (size_t j = 0; j < PANEL; j++) panel[k * PANEL + j] = j < columns ? b[j * stride + k] : 0;
}

INLINE size_t panel_columns(size_t columns, size_t first) { return columns - first < PANEL ? columns - first : PANEL; }

static void k_pack(size_t inner, size_t columns, int transposes, const float *weights, float *packed) {
  for (size_t first = 0; first < columns; first += PANEL, packed += inner * PANEL) {
    size_t count = panel_columns(columns, first);
    if (transposes)
      pack_transposed_panel(inner, count, inner, weights + first * inner, packed);
    else
      pack_panel(inner, count, columns, weights + first, packed);
  }
}

static void k_multiply_packed(
    size_t rows, size_t inner, size_t columns, const float *a, const float *packed, const float *bias, int adds, float *c) {
  panel_product p = {.a = a, .a_stride = inner, .adds = adds, .c_stride = columns};
  // A panel's part that stays in the first cache is used for all rows before the next.
  for (size_t first = 0; first < columns; first += PANEL, packed += inner * PANEL) {
    size_t begin = 0;
    do {
      p.inner = inner - begin < PANEL_INNER ? inner - begin : PANEL_INNER;
      p.a = a + begin;
      p.panel = packed + begin * PANEL;
      p.bias = bias && begin == 0 ? bias + first : NULL;
      p.adds = adds || begin > 0;
      p.c = c + first;
      multiply_panel(p, rows, panel_columns(columns, first), 0);
      begin += PANEL_INNER;
    } while (begin < inner);
  }
}

static void k_multiply(
    size_t rows, size_t inner, size_t columns, int transposes_a, int transposes_b, const float *a, const float *b, int adds,
    float *c) {
  float panel[PANEL_INNER * PANEL] __attribute__((aligned(64)));
  panel_product p = {.a_stride = transposes_a ? rows : inner, .panel = panel, .c_stride = columns};
  size_t begin = 0;
  do {
    p.inner = inner - begin < PANEL_INNER ? inner - begin : PANEL_INNER;
    p.a = a + begin * (transposes_a ? rows : 1);
    p.adds = adds || begin > 0;
    for (size_t first = 0; first < columns; first += PANEL) {
      size_t count = panel_columns(columns, first);
      if (transposes_b)
        pack_transposed_panel(p.inner, count, inner, b + first * inner + begin, panel);
      else
        pack_panel(p.inner, count, columns, b + begin * columns + first, panel);
      p.c = c + first;
      multiply_panel(p, rows, count, transposes_a);
    }
    begin += PANEL_INNER;
  } while (begin < inner);
}
