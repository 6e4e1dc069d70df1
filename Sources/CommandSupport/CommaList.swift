import ArgumentParser

/// Several values in one argument, commas between them; none where it is empty.
package struct CommaList<Element: ExpressibleByArgument & Sendable>: ExpressibleByArgument,
  Sendable
{
  package let values: [Element]

  package init(_ values: [Element]) { self.values = values }

  package init?(argument: String) {
    let parts =
      argument.isEmpty ? [] : argument.split(separator: ",", omittingEmptySubsequences: false)
    values = parts.compactMap { Element(argument: String($0)) }
    if values.count < parts.count { return nil }
  }

  package var defaultValueDescription: String {
    values.map(\.defaultValueDescription).joined(separator: ",")
  }
}
