import ArgumentParser

@main
struct Likeness: ParsableCommand {}
