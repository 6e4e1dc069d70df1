// Products in bfloat16 with the tile registers of AMX: 16 rows of 16 sums, 32 numbers of each row at a time.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "bfloat16.h"
#include "target.h"

int lk_request_tiles(void) {
#if defined(__linux__)
  __builtin_cpu_init();
  // The request is ARCH_REQ_XCOMP_PERM for component 18, the tiles' data (Linux, arch/x86/include/uapi/asm/prctl.h).
  return __builtin_cpu_supports("amx-tile") && __builtin_cpu_supports("amx-bf16") && syscall(SYS_arch_prctl, 0x1023, 18) == 0;
#else
  return 0;
#endif
}

#define INLINE static inline __attribute__((always_inline))
#define KERNELS lk_bfloat16_kernels_tiles
BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,amx-tile,amx-bf16")
#include "bfloat16.body.h"

#define TILE_ROWS 16
// Bytes of a tile's row.
#define ROW_BYTES 64

typedef struct {
  uint8_t palette;
  uint8_t start_row;
  uint8_t reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} tile_configuration;

// Eight tiles of 16 rows of 64 bytes. Reading the thread's present configuration takes a tenth of the time of a new one, and is safe
// where other code of the process uses tiles.
static void prepare(void) {
  static const tile_configuration wanted = {
      .palette = 1,
      .row_bytes = {ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES},
      .rows = {TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS}};
  tile_configuration present;
  _tile_storeconfig(&present);
  if (memcmp(&present, &wanted, sizeof wanted) != 0) _tile_loadconfig(&wanted);
}

// Tiles 0 to 3 are sums, two beside each other; 4 and 5 rows of a, 6 and 7 panels. Their numbers must be constants.
INLINE void whole_block(const block_product *p, int high, int wide, int adds, float *c, size_t c_stride) {
  const uint16_t *a = p->a, *b = p->panels;
  size_t a_bytes = p->a_stride * sizeof *a, c_bytes = c_stride * sizeof *c;
  float *below = c + TILE_ROWS * c_stride;
  if (adds) {
    _tile_loadd(0, c, c_bytes);
    if (wide) _tile_loadd(1, c + VECTOR, c_bytes);
    if (high) _tile_loadd(2, below, c_bytes);
    if (high && wide) _tile_loadd(3, below + VECTOR, c_bytes);
  } else {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  for (size_t pair = 0; pair < p->pairs; pair += PAIRS, a += STEP, b += STEP * VECTOR) {
    _tile_loadd(4, a, a_bytes);
    _tile_loadd(6, b, ROW_BYTES);
    _tile_dpbf16ps(0, 4, 6);
    if (wide) {
      _tile_loadd(7, b + p->panel_stride, ROW_BYTES);
      _tile_dpbf16ps(1, 4, 7);
    }
    if (high) {
      _tile_loadd(5, a + TILE_ROWS * p->a_stride, a_bytes);
      _tile_dpbf16ps(2, 5, 6);
      if (wide) _tile_dpbf16ps(3, 5, 7);
    }
  }
  _tile_stored(0, c, c_bytes);
  if (wide) _tile_stored(1, c + VECTOR, c_bytes);
  if (high) _tile_stored(2, below, c_bytes);
  if (high && wide) _tile_stored(3, below + VECTOR, c_bytes);
}

INLINE void block_of(const block_product *p, int high, int wide, float *c, size_t c_stride) {
  if (p->adds)
    whole_block(p, high, wide, 1, c, c_stride);
  else
    whole_block(p, high, wide, 0, c, c_stride);
}

// Rows of a block between memory of two strides.
INLINE void copy_block(
    const block_product *p, const float *from, size_t from_stride, float *to, size_t to_stride) {
  __mmask16 first = first_lanes(p->columns), second = p->columns > VECTOR ? first_lanes(p->columns - VECTOR) : 0;
  for (size_t r = 0; r < p->rows; r++, from += from_stride, to += to_stride) {
    _mm512_mask_storeu_ps(to, first, _mm512_maskz_loadu_ps(first, from));
    _mm512_mask_storeu_ps(to + VECTOR, second, _mm512_maskz_loadu_ps(second, from + VECTOR));
  }
}

static void block(const block_product *p) {
  int high = p->rows > TILE_ROWS, wide = p->columns > VECTOR;
  // Whole tiles are read and written; where c has less, in memory that has them.
  float tiles[BLOCK_ROWS * 2 * VECTOR] __attribute__((aligned(64))), *c = p->c;
  size_t c_stride = p->c_stride;
  int is_whole = p->rows % TILE_ROWS == 0 && p->columns % VECTOR == 0;
  if (!is_whole) {
    c = tiles;
    c_stride = 2 * VECTOR;
    if (p->adds) copy_block(p, p->c, p->c_stride, c, c_stride);
  }
  if (high && wide)
    block_of(p, 1, 1, c, c_stride);
  else if (high)
    block_of(p, 1, 0, c, c_stride);
  else if (wide)
    block_of(p, 0, 1, c, c_stride);
  else
    block_of(p, 0, 0, c, c_stride);
  if (!is_whole) copy_block(p, c, c_stride, p->c, p->c_stride);
}

END_TARGET
#endif
