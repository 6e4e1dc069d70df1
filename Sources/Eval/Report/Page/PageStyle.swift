/// The page's style sheet.
enum PageStyle {
  static let css = #"""
    :root{color-scheme:light dark;
    --back:#f6f7f9;--surface:#fff;--text:#1c2228;--quiet:#5b6670;--line:#dde1e6;--shadow:#b4bcc5;--link:#00598c;
    --training:#7c858f;--holdout:#d55e00;--synthetic:#0072b2;
    --shade:#0072b2;--more:#0072b2;--less:#d55e00;
    --good:#00684b;--fair:#7d5200;--poor:#a63603;--unknown:#5b6670}
    @media (prefers-color-scheme:dark){:root{
    --back:#12161a;--surface:#1b2127;--text:#e6eaee;--quiet:#9aa5b0;--line:#323b44;--shadow:#454f59;--link:#7cc4f0;
    --training:#98a2ad;--holdout:#ff9442;--synthetic:#56b4e9;
    --series-1:#56b4e9;--series-2:#ff9442;--series-3:#35c49a;--series-4:#e09cc3;--series-5:#f0b840;--series-6:#8fd0f5;
    --shade:#56b4e9;--more:#56b4e9;--less:#ff9442;
    --good:#4fc9a0;--fair:#e5b04b;--poor:#ff8f5e;--unknown:#9aa5b0}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
    body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    header,main,footer{max-width:1360px;margin:0 auto;padding:0 20px}
    header{padding-top:28px}
    h1{font-size:1.75rem;line-height:1.2;margin:0 0 .6rem;overflow-wrap:anywhere}
    h2{font-size:1.4rem;line-height:1.25;margin:1.6rem 0 .6rem;overflow-wrap:anywhere}
    h3{font-size:1.25rem;line-height:1.3;margin:0 0 .4rem}
    h4{font-size:1rem;margin:1.4rem 0 .5rem;overflow-wrap:anywhere}
    p{margin:.4rem 0;max-width:75ch;overflow-wrap:anywhere}
    a{color:var(--link)}
    a.term{color:inherit;text-decoration:underline dotted;text-underline-offset:3px}
    a.term:hover{color:var(--link)}
    .quiet{color:var(--quiet)}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .script{display:none}
    .scripted .script{display:block}
    .scripted span.script{display:inline}
    ul.tables,ul.keys{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.6rem}
    ul.keys{font-size:.875rem;margin:.4rem 0 .6rem}
    ul.tables li{overflow-wrap:anywhere}
    .key{display:inline-block;width:18px;height:10px;margin-right:7px;vertical-align:baseline}
    .key.training{background:var(--training);opacity:.55}
    .key.holdout{border-top:2px dashed var(--holdout);height:4px}
    .key.synthetic{border-top:3px solid var(--synthetic);height:4px}
    .report{margin-top:1rem}
    .report[hidden]{display:none}
    .report>nav{position:sticky;top:0;z-index:2;display:flex;gap:1.1rem;overflow-x:auto;background:var(--back);
    padding:.6rem 0;border-bottom:1px solid var(--line);white-space:nowrap;font-size:.9rem;scrollbar-width:none}
    .report>nav a{text-decoration:none;color:var(--quiet)}
    .report>nav a:hover,.report>nav a:focus-visible{color:var(--link);text-decoration:underline}
    section{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:20px;margin:16px 0;min-width:0}
    section>h2{margin-top:0}
    .lead{font-size:1.05rem;max-width:85ch}
    .note,.absent,figcaption .quiet{font-size:.875rem;color:var(--quiet)}
    .tabs{margin:1.2rem 0 0}
    .tabs button{font:inherit;color:inherit;background:none;border:1px solid var(--line);border-radius:8px;padding:.35rem .9rem;
    margin:0 .4rem .4rem 0;cursor:pointer;max-width:100%}
    .tabs button[aria-selected=true]{background:var(--surface);border-color:var(--link);box-shadow:inset 0 -3px var(--link);font-weight:600}
    .cards{--least:290px;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,var(--least,290px)),1fr));gap:14px;margin-top:1rem}
    .cards.four{--least:240px}
    .card{border:1px solid var(--line);border-top:4px solid var(--tone);border-radius:8px;padding:12px 14px;display:flex;flex-direction:column}
    .card.good,.verdict.good{--tone:var(--good)}
    .card.fair,.verdict.fair{--tone:var(--fair)}
    .card.poor,.verdict.poor{--tone:var(--poor)}
    .card.unknown,.verdict.unknown{--tone:var(--unknown)}
    span.fair{color:var(--fair)}
    span.poor{color:var(--poor)}
    .card h4{margin:0;font-size:.95rem}
    .figure{margin:.2rem 0;line-height:1.25}
    .figure b{font-size:1.8rem;font-weight:650;font-variant-numeric:tabular-nums;display:block}
    .figure span{font-size:.875rem;color:var(--quiet)}
    .verdict{color:var(--tone);font-weight:600;display:flex;gap:.5rem;line-height:1.35}
    .sign{flex:none;width:1.35em;height:1.35em;line-height:1.3em;border:1.5px solid;border-radius:50%;text-align:center;font-size:.85em}
    .card dl{margin:auto 0 0;padding-top:.6rem;font-size:.875rem}
    .card dl div{display:flex;justify-content:space-between;gap:1rem;border-top:1px solid var(--line);padding:.2rem 0}
    dd{margin:0}
    .card dt{color:var(--quiet)}
    .card dd{font-variant-numeric:tabular-nums;text-align:right}
    .card .more{font-size:.875rem;padding-top:.4rem;text-decoration:none}
    .scroll{--cover:var(--surface) 40%,transparent;--edge:var(--shadow),transparent;overflow-x:auto;max-width:100%;scrollbar-width:thin;
    background:linear-gradient(90deg,var(--cover)) 0/28px 100% no-repeat local,linear-gradient(270deg,var(--cover)) 100%/28px 100% no-repeat local,
    linear-gradient(90deg,var(--edge)) 0/8px 100% no-repeat,linear-gradient(270deg,var(--edge)) 100%/8px 100% no-repeat}
    table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;margin:.5rem 0}
    th,td{padding:.3rem .8rem .3rem 0;text-align:left;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap;vertical-align:middle}
    tbody th{position:sticky;left:0;background:var(--surface)}
    thead th,thead td{white-space:normal;color:var(--quiet);border-bottom-width:2px;vertical-align:bottom}
    .n{text-align:right}
    td svg{display:block;min-width:160px}
    thead button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
    thead button:hover{color:var(--link)}
    thead button::after{content:"↕";opacity:.45;margin-left:.25em}
    th[aria-sort=ascending] button::after{content:"↑";opacity:1}
    th[aria-sort=descending] button::after{content:"↓";opacity:1}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,var(--least,330px)),1fr));gap:14px;margin:.8rem 0}
    .charts{align-items:start}
    .charts.large{--least:420px;grid-template-columns:repeat(auto-fill,minmax(min(100%,var(--least)),1fr))}
    .charts>div{min-width:0}
    .columns{columns:330px;column-gap:14px}
    .columns figure{break-inside:avoid;margin-bottom:14px}
    figure{margin:0;border:1px solid var(--line);border-radius:8px;padding:10px 12px;min-width:0}
    figcaption{display:flex;justify-content:space-between;gap:.8rem;font-weight:600;font-size:.95rem;margin-bottom:.35rem;overflow-wrap:anywhere}
    figcaption .quiet{font-weight:400;white-space:nowrap}
    svg{display:block;height:auto;margin:0 auto}
    td svg{margin:0}
    span.synthetic{color:var(--synthetic)}
    span.holdout{color:var(--holdout)}
    span.training{color:var(--training)}
    svg text{unicode-bidi:plaintext}
    .matrix{display:flex;flex-wrap:wrap;gap:14px 48px;align-items:flex-start}
    .matrix>div{max-width:100%}
    .matrix h4{margin-top:.5rem}
    button.pick{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:left}
    button.pick:hover{color:var(--link);text-decoration:underline}
    .cells rect{cursor:pointer}
    .cells rect:hover{stroke:var(--text);stroke-width:1.5}
    .cells rect.chosen{stroke:var(--text);stroke-width:2.5}
    .chooser select{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.25rem .4rem;max-width:44%}
    .joint{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,310px),1fr));gap:14px}
    .joint .note{grid-column:1/-1}
    .shades{display:flex;align-items:center;gap:.5rem;font-size:.875rem;color:var(--quiet)}
    .shades i{width:120px;height:10px;border:1px solid var(--line)}
    .shades .sequential{background:linear-gradient(90deg,transparent,var(--shade))}
    .shades .diverging{background:linear-gradient(90deg,var(--less),transparent,var(--more))}
    .definitions dt{font-weight:600;margin-top:.8rem;scroll-margin-top:1rem}
    .definitions dt:target{color:var(--link)}
    .definitions dd{max-width:85ch}
    details{margin:.6rem 0}
    summary{cursor:pointer;font-weight:600}
    footer{color:var(--quiet);font-size:.875rem;padding-bottom:2rem}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    @media (min-width:1180px){
    .report{display:grid;grid-template-columns:130px minmax(0,1fr);gap:26px}
    .report>nav{flex-direction:column;gap:.45rem;align-self:start;border:0;top:16px;padding:16px 0}
    html{scroll-padding-top:1rem}
    .sections>h2{margin-top:.6rem}
    }
    @media (max-width:560px){
    header,main,footer{padding-left:10px;padding-right:10px}
    section{padding:14px 12px}
    h1{font-size:1.45rem}
    figure{padding:8px}
    table{font-size:.84rem}
    th,td{padding-right:.55rem}
    tbody th{min-width:7.5em;max-width:42vw;white-space:normal;overflow-wrap:break-word}
    .pick{overflow-wrap:anywhere}
    }
    @media print{
    :root{--back:#fff;--surface:#fff;--text:#000;--quiet:#444;--line:#ccc;--link:#000;
    --training:#7c858f;--holdout:#d55e00;--synthetic:#0072b2;--shade:#0072b2;--more:#0072b2;--less:#d55e00;
    --series-1:initial;--series-2:initial;--series-3:initial;--series-4:initial;--series-5:initial;--series-6:initial;
    --good:#00684b;--fair:#7d5200;--poor:#a63603;--unknown:#444}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{font-size:10pt}
    header,main,footer{padding:0;max-width:none}
    .report>nav,.tabs.script,.chooser,.card .more,thead button::after{display:none!important}
    .report,.report[hidden]{display:block!important}
    section{border:0;padding:0;margin:14pt 0}
    .scroll{overflow:visible;background:none}
    figure,.card,tr,.matrix{break-inside:avoid}
    h2,h3,h4{break-after:avoid}
    .charts{grid-template-columns:repeat(3,1fr)}
    .charts.large{grid-template-columns:repeat(2,1fr)}
    .columns{columns:3}
    tbody th{position:static}
    th,td{white-space:normal;overflow-wrap:anywhere;padding-right:6pt}
    .whole td,.whole th{overflow-wrap:normal}
    table{font-size:8pt}
    a{text-decoration:none!important}
    }
    """#
}
