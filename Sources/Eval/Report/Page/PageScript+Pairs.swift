extension PageScript {
  /// The pictures of two columns together.
  static let pairs = PageScript(
    javaScript: #"""
      // Pairs: shares of cells, two digits of base 64 each, the square root of the share in units of 1 / 4095.
      const data = JSON.parse(document.getElementById("joint").textContent);
      const value = digit => digit < 58 ? (digit === 45 ? 62 : digit + 4) : digit < 91 ? digit - 65 : digit === 95 ? 63 : digit - 71;
      const sizes = data.bins.map(bins => bins.length);
      const starts = new Map();
      let end = 0;
      for (let second = 0; second < sizes.length; second++) {
        for (let first = 0; first < second; first++) {
          starts.set(first + "," + second, end);
          end += 2 * sizes[first] * sizes[second];
        }
      }
      // The shares of two columns' parts, rows for the first column.
      const shares = (text, first, second) => {
        const [low, high] = first < second ? [first, second] : [second, first];
        const start = starts.get(low + "," + high);
        return Array.from({length: sizes[first]}, (_, row) => Array.from({length: sizes[second]}, (_, column) => {
          const [a, b] = first < second ? [row, column] : [column, row];
          const place = start + 2 * (a * sizes[high] + b);
          return ((64 * value(text.charCodeAt(place)) + value(text.charCodeAt(place + 1))) / 4095) ** 2;
        }));
      };
      const space = "http://www.w3.org/2000/svg";
      const node = (name, attributes, text) => {
        const made = document.createElementNS(space, name);
        for (const key in attributes) made.setAttribute(key, attributes[key]);
        if (text !== undefined) made.textContent = text;
        return made;
      };
      const percent = share => (100 * share).toFixed(100 * share < 0.1 ? 2 : 1) + "\u00a0%";
      const cut = (text, length) => [...text].length > length ? [...text].slice(0, length - 1).join("") + "…" : text;

      // A picture of one table, or of the difference of two: cells in shades.
      const picture = (title, matrix, rows, columns, full, signed) => {
        const longest = Math.max(...columns.map(column => Math.min(16, column.name.length)));
        const left = 104, top = 6, foot = 18 + 4.2 * longest, width = 330;
        const side = (width - left - 6) / columns.length, height = Math.min(side, 22);
        const bottom = top + height * rows.length;
        const svg = node("svg", {viewBox: `0 0 ${width} ${bottom + foot}`, role: "img", "font-size": 10,
          "font-family": "system-ui,sans-serif", fill: "currentColor", style: `width:100%;max-width:${width * 1.3}px`});
        svg.append(node("title", {}, title));
        svg.append(node("path", {d: `M${left} ${top}H${width - 6}V${bottom}H${left}Z`, "fill-opacity": 0.05}));
        rows.forEach((row, r) => {
          svg.append(node("text", {x: left - 5, y: top + height * (r + 0.5) + 3.5, "text-anchor": "end"}, cut(row.name, 17)));
          columns.forEach((column, c) => {
            const share = matrix[row.place][column.place];
            const cell = node("rect", {x: left + side * c, y: top + height * r, width: side - 0.7, height: height - 0.7,
              fill: signed ? (share < 0 ? "var(--less)" : "var(--more)") : "var(--shade)",
              "fill-opacity": Math.min(1, Math.sqrt(Math.abs(share) / full)).toFixed(3)});
            const sign = signed && share > 0 ? "+" : "";
            cell.append(node("title", {}, `${row.name}, ${column.name}: ${sign}${percent(share)}`));
            svg.append(cell);
          });
        });
        columns.forEach((column, c) => {
          const x = left + side * (c + 0.5) + 3, y = bottom + 9;
          svg.append(node("text", {x, y, "text-anchor": "end", transform: `rotate(-45 ${x} ${y})`}, cut(column.name, 16)));
        });
        const figure = document.createElement("figure"), caption = document.createElement("figcaption");
        caption.textContent = title;
        figure.append(caption, svg);
        return figure;
      };

      all(".pairs").forEach(place => {
        const selects = all("select", place), cells = all(".cells rect", place);
        const table = Number(place.dataset.table);
        const draw = (first, second) => {
          selects[0].value = first;
          selects[1].value = second;
          const chosen = cells.filter(cell => Number(cell.dataset.r) === first && Number(cell.dataset.c) === second);
          cells.forEach(cell => cell.classList.toggle("chosen", chosen.includes(cell)));
          const chosenText = place.querySelector(".chosen"), joint = place.querySelector(".joint");
          chosenText.textContent = chosen.length ? chosen[0].textContent : "";
          joint.replaceChildren();
          if (first === second) {
            chosenText.textContent += " Choose two different columns to see them together.";
            return;
          }
          const training = shares(data.training, first, second), synthetic = shares(data.synthetic[table], first, second);
          const difference = training.map((row, r) => row.map((share, c) => synthetic[r][c] - share));
          // Parts that no table has are left out.
          const named = (names, filled) => names.map((name, place) => ({name, place})).filter(part => filled(part.place));
          const rows = named(data.bins[first], r => training[r].some(Boolean) || synthetic[r].some(Boolean));
          const columns = named(data.bins[second], c => training.some(row => row[c]) || synthetic.some(row => row[c]));
          const largest = matrix => Math.max(...matrix.flat().map(Math.abs), 1e-9);
          const full = Math.max(largest(training), largest(synthetic));
          joint.append(
            picture("training", training, rows, columns, full, false),
            picture("synthetic", synthetic, rows, columns, full, false),
            picture("synthetic − training", difference, rows, columns, Math.max(largest(difference), 0.02), true));
          const caption = document.createElement("p");
          caption.className = "note";
          caption.textContent = `Rows: ${data.names[first]}; columns: ${data.names[second]}. `
            + `A full shade is ${percent(full)} of the rows, in the difference ${percent(Math.max(largest(difference), 0.02))}.`;
          joint.append(caption);
        };
        all("button.pick", place).concat(cells).forEach(cell => cell.addEventListener("click", () => draw(Number(cell.dataset.r), Number(cell.dataset.c))));
        selects.forEach(select => select.addEventListener("change", () => draw(Number(selects[0].value), Number(selects[1].value))));
        // The worst pair to begin with.
        const strength = cell => Number(cell.getAttribute("fill-opacity"));
        const worst = cells.filter(cell => Number(cell.dataset.r) < Number(cell.dataset.c))
          .reduce((best, cell) => best && strength(best) >= strength(cell) ? best : cell, null);
        if (worst) draw(Number(worst.dataset.r), Number(worst.dataset.c));
      });
      """#)
}
