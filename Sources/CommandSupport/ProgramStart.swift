import Foundation
import NN

/// What both programs do before they look at their arguments.
package enum ProgramStart {
  /// The version of the program, and what it computes with.
  package static var version: String {
    "0.1.0 (\(Machine.computeLibraries))"
  }

  /// Gives the process fast BLAS kernels, and ends it where the system has no room for its threads and their memory.
  package static func prepare() {
    restartWithFasterBLAS()
    do {
      try checkMemory(byteCount: startByteCount)
      try checkThreads()
    } catch {
      printError("Error: \(error)")
      // Not `exit`: it would wait for BLAS's threads, which wait for memory.
      _exit(1)
    }
  }

  /// Starts this program anew, once, where OpenBLAS has chosen kernels that are slow on this processor: it chooses when it is
  /// loaded, and only the environment distinguishes it otherwise. The process and its files stay the same.
  private static func restartWithFasterBLAS() {
    guard let core = BLASLibrary.recommendedCore,
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return }
    setenv(BLASLibrary.coreVariable, core, 1)
    execv(program, CommandLine.unsafeArgv)
    // The system does not let it: go on with the slow kernels.
    unsetenv(BLASLibrary.coreVariable)
  }

  /// Starts as many threads as the tasks and the timers of a program take, and ends them. Without this a program under a
  /// tight limit waits for ever for a thread that the runtime could not start.
  ///
  /// - Throws: ``ResourceError/threads(count:)``.
  private static func checkThreads() throws(ResourceError) {
    let count = ProcessInfo.processInfo.activeProcessorCount + 2
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    defer { gate.deallocate() }
    pthread_mutex_init(gate, nil)
    defer { pthread_mutex_destroy(gate) }
    // While the gate is shut no thread ends, so all of them are there at once.
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

  /// Checks that there is room for the buffers of BLAS, which waits for ever for memory that it does not get.
  ///
  /// - Parameter threadCount: Threads that compute; nil is one per processor.
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

  /// What OpenBLAS's own threads take when it is loaded.
  private static let startByteCount = 128 << 20
  /// What tables and models of moderate size take.
  private static let commonByteCount = 256 << 20
  /// A thread's stack, its heap (64 MB of addresses, which the C library reserves) and BLAS's buffer of up to 128 MB.
  private static let threadByteCount = 192 << 20

  #if canImport(Darwin)
    private static let mapAnonymous = MAP_ANON
  #else
    private static let mapAnonymous = MAP_ANONYMOUS
  #endif
}

/// The system gives a process too little to run with.
package enum ResourceError: Error, CustomStringConvertible {
  case threads(count: Int)
  case memory(byteCount: Int)

  package var description: String {
    switch self {
    case .threads(let count):
      "The system does not let this process start \(count) threads. Raise its limits (ulimit -u, ulimit -v)."
    case .memory(let byteCount):
      "The system does not let this process have \(byteCount >> 20) MB of address space. Raise its limit (ulimit -v), or "
        + "give --threads a smaller number."
    }
  }
}
