/// A script of a page. Without scripts a page can be read all the same.
package struct PageScript: Sendable {
  /// Statements that may use `all(selector, place)`, a list of elements.
  let javaScript: String

  /// One script of several.
  static func joined(_ scripts: [PageScript]) -> String {
    """
    "use strict";
    (() => {
    const all = (selector, place = document) => [...place.querySelectorAll(selector)];

    \(scripts.map(\.javaScript).joined(separator: "\n\n"))
    })();
    """
  }
}

extension PageScript {
  /// One synthetic table at a time.
  static let tabs = PageScript(
    javaScript: #"""
      // Tabs: one synthetic table at a time.
      const reports = all(".report"), tabs = all("[role=tab]");
      const show = index => {
        reports.forEach((report, i) => { report.hidden = i !== index; });
        tabs.forEach((tab, i) => tab.setAttribute("aria-selected", i === index));
      };
      tabs.forEach((tab, index) => {
        tab.addEventListener("click", () => show(index));
        tab.addEventListener("keydown", event => {
          const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
          if (step) tabs[(index + step + tabs.length) % tabs.length].focus();
        });
      });
      const showTarget = () => {
        const target = document.getElementById(location.hash.slice(1));
        const index = reports.findIndex(report => report.contains(target));
        if (target && index >= 0) { show(index); target.scrollIntoView(); }
      };
      if (tabs.length) { show(0); addEventListener("hashchange", showTarget); showTarget(); }
      """#)

  /// The rows of tables in the order of a column.
  package static let sorting = PageScript(
    javaScript: #"""
      // Tables: a click on a heading sorts, another one the other way round.
      all("table.sortable").forEach(table => {
        const headings = [...table.tHead.rows[0].cells], body = table.tBodies[0];
        headings.forEach((heading, column) => heading.addEventListener("click", () => {
          const up = heading.getAttribute("aria-sort") !== "ascending";
          headings.forEach(other => other.removeAttribute("aria-sort"));
          heading.setAttribute("aria-sort", up ? "ascending" : "descending");
          const key = row => {
            const cell = row.cells[column];
            return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent;
          };
          const compare = (a, b) => typeof a === typeof b
            ? (typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0)
            : typeof a === "number" ? -1 : 1;
          body.append(...[...body.rows].map(row => [key(row), row])
            .sort((a, b) => (up ? 1 : -1) * compare(a[0], b[0])).map(pair => pair[1]));
        }));
      });
      """#)

  /// All that can be opened is open on paper.
  package static let printing = PageScript(
    javaScript: """
      addEventListener("beforeprint", () => all("details").forEach(part => { part.open = true; }));
      """)
}
