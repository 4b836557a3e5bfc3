import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The Khmer letters of Noto Sans Khmer (SIL Open Font License), inside the page: it loads nothing. */
const fontFace = (weight: 400 | 700): string => {
  const file = `@fontsource/noto-sans-khmer/files/noto-sans-khmer-khmer-${weight}-normal.woff2`;
  const content = readFileSync(require.resolve(file)).toString('base64');
  return `@font-face{font-family:"Noto Sans Khmer";font-weight:${weight};font-display:block;unicode-range:U+1780-17FF,U+19E0-19FF,U+200B-200D,U+25CC;src:url(data:font/woff2;base64,${content}) format("woff2")}`;
};

const RULES = `
:root{--ink:#1b2330;--soft:#4d5a6b;--line:#c9d1da;--bar:#0b6e99;--paper:#fff;--good:#0a6b3d;--bad:#a3200d}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.5rem 3rem;max-width:80rem;background:var(--paper);color:var(--ink);
  font:16px/1.5 "Noto Sans Khmer",system-ui,"Segoe UI","Helvetica Neue",Arial,"Liberation Sans",sans-serif}
main:lang(km){line-height:1.75}
#lang-km:not(:checked)~main:lang(km),#lang-km:checked~main:lang(en){display:none}
input[name=lang]{width:1.1rem;height:1.1rem;vertical-align:-.15rem;margin:0 .3rem 0 0;accent-color:var(--bar)}
input[name=lang]+label{margin-right:1.2rem;cursor:pointer}
.downloads{margin:.6rem 0 0}
.downloads a{display:inline-block;padding:.2rem .9rem;margin:.2rem .4rem .2rem 0;border:1px solid var(--bar);border-radius:.3rem;color:var(--bar);font-weight:600;text-decoration:none}
#lang-km:not(:checked)~.downloads span:lang(km),#lang-km:checked~.downloads span:lang(en){display:none}
:focus-visible{outline:3px solid #d9480f;outline-offset:2px}
h1{font-size:1.9rem;line-height:1.25;margin:.8rem 0 .2rem}
h2{font-size:1.35rem;line-height:1.35;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:3px solid var(--bar)}
main:lang(km) h1,main:lang(km) h2{line-height:1.6}
.made{color:var(--soft);margin:.2rem 0}
.notice{border-left:5px solid var(--bar);background:#eef5f8;padding:.5rem .9rem;margin:.8rem 0}
.notice.sandbox{border-color:#b45309;background:#fdf3e3}
.headline strong{font-size:2.6rem;line-height:1.2}
.headline .beside{display:inline-block;margin-left:1.2rem;padding-left:1.2rem;border-left:1px solid var(--line);color:var(--soft)}
.good,.bad{white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}
figure{margin:1.2rem 0;break-inside:avoid}
figcaption,caption{font-weight:700;text-align:left;margin-bottom:.4rem;padding:.2rem 0}
figcaption small,caption small{display:block;font-weight:400;color:var(--soft)}
svg.plot{display:block;width:100%;height:auto;max-width:56rem;color:var(--ink)}
svg.plot text{font-family:inherit;white-space:pre}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th{font-weight:600}
th[scope=row],thead th:first-child{text-align:left}
tfoot th,tfoot td,.sum{font-weight:700}
thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}
.scroll{overflow-x:auto;margin:1rem 0}
.fresh th,.fresh td{text-align:left}
.fresh{width:100%;font-size:.92rem}
.fresh p{margin:0}
.grid{font-size:.73rem}
.grid th,.grid td{padding:.12rem .16rem}
.grid th[scope=row]{white-space:nowrap;position:sticky;left:0;background:var(--paper)}
.grid th[scope=colgroup]{text-align:center;border-left:1px solid var(--line);border-bottom:1px solid var(--line)}
.grid td[style]{background:rgb(11 110 153/calc(var(--s)*1%))}
.none{color:#6b7684}
.apart :is(th,td),th.apart{color:var(--soft);font-style:italic}
small{font-weight:400;color:var(--soft)}
.definition{margin:.8rem 0;padding:.4rem .9rem;border:1px solid var(--line)}.definition summary{font-weight:600;cursor:pointer}.definition p{margin:.4rem 0 0}.definition ul{margin:.3rem 0}.why{text-align:left;font-size:.85rem}
h3{font-size:1.12rem;margin:1.8rem 0 .3rem}
.parts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr));gap:1.6rem 2.2rem;align-items:start;margin-top:1.6rem}
.part{width:100%;font-size:.92rem;break-inside:avoid}
.part.wide{width:auto;margin-top:1.2rem}
.part.wide :is(td,th):nth-child(2){text-align:left}
.bar{min-width:8rem;background:linear-gradient(to right,rgb(11 110 153/.22) calc(var(--w)*1%),transparent 0)}
.before{color:var(--soft)}
abbr{text-decoration:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(max-width:40rem){body{padding:.8rem}.part.wide{width:100%}.part{font-size:.82rem}.part :is(th,td){padding:.2rem}/* The quarters before are the rows below. */.series .before{display:none}.bar{min-width:3rem}h1{font-size:1.5rem}.parts{grid-template-columns:1fr}figure{display:none}.headline .beside{display:block;margin:0;padding:0;border:0}.fresh :is(thead,tbody,tr,th,td){display:block}.fresh thead{display:none}.fresh td{border:0;padding:.1rem .5rem}.fresh td::before{content:attr(data-label) ": ";color:var(--soft)}}
@media print{
  @page{size:A4 landscape;margin:11mm}
  :root{--ink:#000;--soft:#000;--line:#999;--bar:#555;--good:#000;--bad:#000}
  *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
  body{max-width:none;padding:0;font-size:10pt}
  input[name=lang],input[name=lang]+label,.downloads{display:none}
  .notice,.notice.sandbox,.bar,.grid td[style]{background:none}
  h2,h3,caption,.headline{break-after:avoid}
  h1{font-size:16pt}h2{margin-top:0;font-size:13pt}h3{margin:.4rem 0 0}.headline,.left-out{margin:.2rem 0}main>section:last-child{break-inside:avoid}.definition{font-size:9pt}.definition p,.definition ul{margin:.1rem 0}
  section[data-indicator],.measure+.measure,.parts,.measure .scroll{break-before:page}
  .scroll{overflow:visible;break-inside:avoid}
  .grid{width:100%;font-size:7pt}.grid th,.grid td{padding:.1rem .14rem}
  .grid th[scope=row]{position:static;white-space:normal}
  tr{break-inside:avoid}
  figure{margin:.4rem 0}
  svg.plot{width:auto;max-width:100%;height:52mm}
  .parts{grid-template-columns:repeat(4,1fr);gap:.8rem 1.2rem;margin-top:0}.part{font-size:7pt}.part :is(th,td){padding:.1rem .2rem}.bar{min-width:0}
}`;

/** The page's style, with its Khmer font. */
export const style = (): string => `${fontFace(400)}${fontFace(700)}${RULES}`;
