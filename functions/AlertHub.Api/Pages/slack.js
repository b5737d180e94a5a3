// Draws Slack messages: the part of Block Kit and mrkdwn that AlertHub sends
// (https://api.slack.com/reference/block-kit, https://api.slack.com/reference/surfaces/formatting).
// Alert text is a stranger's text. It only ever becomes text nodes and checked link addresses.
"use strict";

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

// Slack's three escapes, undone in one pass, so that "&amp;lt;" stays "&lt;".
const unescape = (text) =>
  text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

const link = (address, label, className) => {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return document.createTextNode(label);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:" && url.protocol !== "mailto:") {
    return document.createTextNode(label);
  }
  const anchor = element("a", className, label);
  anchor.href = url.href;
  anchor.rel = "noreferrer noopener";
  anchor.target = "_blank";
  return anchor;
};

// A moment: Slack shows it in the reader's time zone.
const date = (seconds, label) => {
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return document.createTextNode(label);
  const two = (number) => String(number).padStart(2, "0");
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  const hour = [two(moment.getHours()), two(moment.getMinutes()), two(moment.getSeconds())].join(":");
  const made = element("time", "", `${day} ${hour}`);
  made.title = label;
  return made;
};

// What stands between < and >: an address with or without a label, a moment, or a mention.
const angle = (inner) => {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = unescape(bar < 0 ? inner : inner.slice(bar + 1));
  const moment = /^!date\^(-?\d+)\^/.exec(target);
  if (moment) return date(moment[1], label);
  return /^[@#!]/.test(target) ? element("span", "mention", label) : link(unescape(target), label);
};

// Within a line. Code first, since nothing in it is formatted; then links; then the marks, which must touch a word on the inside
// and none on the outside.
const inline =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*\S)~(?![\w~])/g;

const line = (text) => {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    nodes.push(unescape(text.slice(at, match.index)));
    const [, code, target, bold, italic, struck] = match;
    if (code !== undefined) nodes.push(element("code", "", unescape(code)));
    else if (target !== undefined) nodes.push(angle(target));
    else if (bold !== undefined) nodes.push(element("b", "", ...line(bold)));
    else if (italic !== undefined) nodes.push(element("i", "", ...line(italic)));
    else nodes.push(element("s", "", ...line(struck)));
    at = match.index + match[0].length;
  }
  nodes.push(unescape(text.slice(at)));
  return nodes;
};

// Blocks of code, then lines, of which those that begin with > are a quotation.
const mrkdwn = (text) =>
  text.split(/```([\s\S]+?)```/).flatMap((part, index) => {
    if (index % 2 === 1) return [element("pre", "", unescape(part.replace(/^\n/, "")))];
    const nodes = [];
    for (const [quoted, run] of runs(part.split("\n"))) {
      const content = line(run.join("\n"));
      if (quoted) nodes.push(element("blockquote", "", ...content));
      else nodes.push(...content);
    }
    return nodes;
  });

const runs = (lines) => {
  const found = [];
  for (const text of lines) {
    const mark = /^(?:&gt;|>) ?/.exec(text);
    if (found.at(-1)?.[0] !== Boolean(mark)) found.push([Boolean(mark), []]);
    found.at(-1)[1].push(mark ? text.slice(mark[0].length) : text);
  }
  return found;
};

// The three escapes hold in plain_text as well: Slack keeps all text escaped.
const textOf = (object) =>
  object?.type === "mrkdwn" ? mrkdwn(object.text ?? "") : [unescape(String(object?.text ?? ""))];

const button = (action) => {
  const style = ["primary", "danger"].includes(action.style) ? ` ${action.style}` : "";
  const label = textOf(action.text).join("");
  return action.url ? link(action.url, label, `button${style}`) : element("span", `button${style}`, label);
};

const blocks = {
  header: (block) => element("div", "header", ...textOf(block.text)),
  section: (block) => {
    const made = element("div", "block section");
    if (block.text) made.append(element("div", "text", ...textOf(block.text)));
    if (block.fields) {
      made.append(
        element("div", "fields", ...block.fields.map((field) => element("div", "field", ...textOf(field)))),
      );
    }
    if (block.accessory?.type === "button") made.append(button(block.accessory));
    return made;
  },
  context: (block) =>
    element(
      "div",
      "block context",
      ...block.elements.map((part) => element("span", "", ...(part.alt_text ? [part.alt_text] : textOf(part)))),
    ),
  divider: () => element("hr", "divider"),
  actions: (block) => element("div", "block actions", ...block.elements.map(button)),
};

const draw = (block) =>
  Object.hasOwn(blocks, block.type)
    ? blocks[block.type](block)
    : element("div", "block unknown", `a block of type ${block.type}, see the JSON`);

const attachment = (part) => {
  const made = element("div", "attachment");
  const named = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };
  const colour = named[part.color] ?? part.color ?? "";
  if (/^#?[0-9a-f]{6}$/i.test(colour)) made.style.borderLeftColor = `#${colour.replace("#", "")}`;
  if (part.blocks) made.append(...part.blocks.map(draw));
  else if (part.text) made.append(element("div", "text", ...mrkdwn(part.text)));
  return made;
};

const message = (body) => {
  const content = element(
    "div",
    "",
    element("div", "", element("span", "who", "AlertHub"), element("span", "tag", "APP")),
  );
  // Slack shows the text itself only where there are no blocks; with them it is what a notification says.
  if (body.blocks) content.append(...body.blocks.map(draw));
  else if (body.text) content.append(element("div", "text", ...mrkdwn(body.text)));
  if (body.attachments) content.append(...body.attachments.map(attachment));
  const avatar = element("div", "avatar", "A");
  avatar.setAttribute("aria-hidden", "true");
  return element("article", "message", avatar, content);
};

// What follows in the message's thread.
const picture = (base64) => {
  const made = element("img", "picture");
  made.src = `data:image/png;base64,${base64}`;
  made.alt = "the picture that follows in the thread";
  return made;
};

const drawn = (sample) => {
  const event = element("pre", "event", sample.event);
  event.tabIndex = 0;
  event.setAttribute("aria-label", `the event ${sample.name}`);
  return element(
    "div",
    "",
    element("h3", "", sample.name),
    element(
      "div",
      "pair",
      element(
        "div",
        "",
        message(sample.message),
        ...(sample.picture ? [picture(sample.picture)] : []),
        element(
          "details",
          "",
          element("summary", "", "the message's JSON"),
          element("pre", "", JSON.stringify(sample.message, null, 2)),
        ),
      ),
      event,
    ),
  );
};

const samples = JSON.parse(document.getElementById("samples").textContent);
const count = document.getElementById("count");
const filter = document.getElementById("filter");
const groups = [...new Set(samples.map((sample) => sample.group))].map((group) => {
  const heading = element("h2", "", group || "events");
  heading.id = `group-${group.replace(/[^a-z0-9-]/gi, "-")}`;
  const jump = element("a", "");
  jump.href = `#${heading.id}`;
  document.getElementById("groups").append(jump);
  const members = samples
    .filter((one) => one.group === group)
    .map((sample) => {
      const node = drawn(sample);
      const said = node.querySelector("article").textContent;
      return { node, text: `${group}/${sample.name} ${said} ${sample.event}`.toLowerCase() };
    });
  const section = element("section", "", heading, ...members.map((member) => member.node));
  document.getElementById("messages").append(section);
  return { name: group || "events", jump, section, members };
});

// Shows what has all the words, and only the groups that have such.
const show = () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const group of groups) {
    let here = 0;
    for (const member of group.members) {
      member.node.hidden = !words.every((word) => member.text.includes(word));
      if (!member.node.hidden) here++;
    }
    group.section.hidden = group.jump.hidden = here === 0;
    group.jump.textContent = `${group.name} ${here}`;
    found += here;
  }
  count.textContent = words.length ? `${found} of ${samples.length} messages` : `${samples.length} messages`;
};

// A link can carry the words: #find=rds%20failover
const find = /^#find=(.*)$/;
const fromAddress = () => {
  const words = find.exec(location.hash)?.[1];
  if (words === undefined) return;
  try {
    filter.value = decodeURIComponent(words);
  } catch {
    filter.value = words;
  }
  show();
};

filter.addEventListener("input", () => {
  show();
  const rest = filter.value ? `#find=${encodeURIComponent(filter.value)}` : location.pathname + location.search;
  history.replaceState(null, "", rest);
  scrollTo(0, 0);
});
addEventListener("hashchange", fromAddress);
show();
fromAddress();
