/// A page that needs no other file and no network: content with style and scripts.
package struct Page {
  package var title: String
  /// What stands below the heading.
  package var introduction: Markup
  package var content: Markup
  package var scripts: [PageScript]

  package init(title: String, introduction: Markup, content: Markup, scripts: [PageScript]) {
    self.title = title
    self.introduction = introduction
    self.content = content
    self.scripts = scripts
  }

  package var html: String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\(Markup(trusted: PageStyle.css))</style>
      <script>document.documentElement.classList.add("scripted")</script>
      </head><body>
      <header><h1>\(title)</h1>\(introduction)</header>
      <main>\(content)</main>
      <footer><p>Made by Likeness. This page needs no network and sends nothing anywhere.</p></footer>
      <script>\(Markup(trusted: PageScript.joined(scripts)))</script>
      </body></html>

      """
    return page.text
  }
}
