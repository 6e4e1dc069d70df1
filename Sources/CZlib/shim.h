#ifndef LIKENESS_CZLIB_SHIM_H
#define LIKENESS_CZLIB_SHIM_H

#include <zlib.h>

/// Starts a decompressor that accepts gzip and zlib streams.
/// Why it exists: `inflateInit2` is a macro, which Swift does not import.
static inline int likeness_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 32);
}

/// Starts a compressor that writes deflated bytes without header and end at `level` (0...9).
/// Why it exists: `deflateInit2` is a macro, which Swift does not import.
static inline int likeness_deflate_init_raw(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}

#endif
