import Foundation
import NN

/// The checks of both programs before they read their arguments.
package enum ProgramStart {
  /// The version of the program, its BLAS library and its kernels.
  package static var version: String {
    "0.1.0 (\(Machine.computeLibraries))"
  }

  /// Ends the process if the system lacks room for its threads and their memory.
  package static func prepare() {
    do {
      try checkMemory(byteCount: startByteCount)
      try checkThreads()
    } catch {
      printError("Error: \(error)")
      // Not `exit`: it would wait for BLAS's threads, which wait for memory.
      _exit(1)
    }
    // Not before there is memory, for which they wait.
    BLASLibrary.endThreads()
  }

  /// Starts as many threads as the program's tasks and timers need, and ends them. Without this check, a program under a
  /// tight limit would wait for ever for a thread that the runtime could not start.
  ///
  /// - Throws: ``ResourceError/threads(count:)``.
  private static func checkThreads() throws(ResourceError) {
    let count = ProcessInfo.processInfo.activeProcessorCount + 2
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    defer { gate.deallocate() }
    pthread_mutex_init(gate, nil)
    defer { pthread_mutex_destroy(gate) }
    // No thread ends while the gate is locked, so all of them exist at once.
    pthread_mutex_lock(gate)
    #if canImport(Darwin)
      var threads: [pthread_t?] = []
      var thread: pthread_t?
    #else
      var threads: [pthread_t] = []
      var thread = pthread_t()
    #endif
    while threads.count < count,
      pthread_create(
        &thread, nil,
        { argument in
          let gate: UnsafeMutableRawPointer? = argument
          let mutex = gate!.assumingMemoryBound(to: pthread_mutex_t.self)
          pthread_mutex_lock(mutex)
          pthread_mutex_unlock(mutex)
          return nil
        }, gate) == 0
    {
      threads.append(thread)
    }
    pthread_mutex_unlock(gate)
    #if canImport(Darwin)
      for case .some(let thread) in threads { pthread_join(thread, nil) }
    #else
      for thread in threads { pthread_join(thread, nil) }
    #endif
    if threads.count < count { throw .threads(count: count) }
  }

  /// Checks that there is memory for the buffers of BLAS, which waits for ever if it gets none.
  ///
  /// - Parameter threadCount: The number of computing threads; nil is one per processor.
  /// - Throws: ``ResourceError/memory(byteCount:)``.
  package static func checkMemory(threadCount: Int?) throws(ResourceError) {
    let threadCount = threadCount ?? ProcessInfo.processInfo.activeProcessorCount
    try checkMemory(byteCount: commonByteCount + threadCount * threadByteCount)
  }

  private static func checkMemory(byteCount: Int) throws(ResourceError) {
    let memory = mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | mapAnonymous, -1, 0)
    guard let memory, memory != MAP_FAILED else { throw .memory(byteCount: byteCount) }
    munmap(memory, byteCount)
  }

  /// Memory of OpenBLAS's own threads when it is loaded.
  private static let startByteCount = 128 << 20
  /// Memory of tables and models of moderate size.
  private static let commonByteCount = 256 << 20
  /// A thread's stack, its heap (64 MB of addresses, which the C library reserves) and BLAS's buffer of up to 128 MB.
  private static let threadByteCount = 192 << 20

  #if canImport(Darwin)
    private static let mapAnonymous = MAP_ANON
  #else
    private static let mapAnonymous = MAP_ANONYMOUS
  #endif
}

/// A limit of the system that leaves too little room to run.
package enum ResourceError: Error, CustomStringConvertible {
  case threads(count: Int)
  case memory(byteCount: Int)

  package var description: String {
    switch self {
    case .threads(let count):
      "The system does not let this process start \(count) threads. Raise the limits (ulimit -u, ulimit -v)."
    case .memory(let byteCount):
      "The system does not let this process have \(byteCount >> 20) MB of address space. Raise the limit (ulimit -v), or "
        + "use fewer --threads."
    }
  }
}
