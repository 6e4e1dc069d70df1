#ifndef LIKENESS_TARGET_H
#define LIKENESS_TARGET_H

#define PRAGMA(text) _Pragma(#text)

// The functions between BEGIN_TARGET("avx2,fma") and END_TARGET are compiled for a processor with these features, without a flag
// for the whole file: Swift packages that others depend on must not have such flags.
#if defined(__clang__)
#define BEGIN_TARGET(features) PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define END_TARGET PRAGMA(clang attribute pop)
#else
#define BEGIN_TARGET(features) PRAGMA(GCC push_options) PRAGMA(GCC target(features))
#define END_TARGET PRAGMA(GCC pop_options)
#endif

#endif
