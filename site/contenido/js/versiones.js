/*
 * Versions. Every page, however old, asks the same list at the root of the site,
 * versions.json, which version is in force; so pages published long ago obey the
 * newest release. From a folder there is no list to ask, and nothing is shown.
 */
(function () {
  "use strict";

  var place = document.querySelector(".pt-edicion");
  var table = document.querySelector("[data-ediciones]");

  nameTheButton();
  if (table) offerDates();
  if (place && location.protocol !== "file:") askTheList();

  /*
   * The theme's version button is read aloud as its label alone, without the
   * version it shows. It appears late, when the list of versions has arrived.
   */
  function nameTheButton() {
    var title = document.querySelector(".md-header__topic");
    if (!title) return;
    new MutationObserver(function (_, observer) {
      var button = title.querySelector(".md-version__current");
      if (!button) return;
      observer.disconnect();
      button.setAttribute("aria-label", button.textContent.trim() + ": elegir versión");
    }).observe(title, { childList: true, subtree: true });
  }

  /* ------------------------------------------------ Editions and their days */

  function numbers(version) {
    var parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
    return parts && parts.slice(1).map(Number);
  }

  /* The later start decides, and of equal starts the higher version. */
  function compare(a, b) {
    if (a.since !== b.since) return a.since < b.since ? -1 : 1;
    var left = numbers(a.version), right = numbers(b.version);
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
  }

  function inForceOn(day, editions) {
    return editions.filter(function (each) { return each.since <= day; }).sort(compare).pop();
  }

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join("-");
  }

  function dayBefore(day) {
    var date = new Date(day + "T12:00:00Z");
    date.setUTCDate(date.getUTCDate() - 1);
    return date.toISOString().slice(0, 10);
  }

  function long(day) {
    return new Intl.DateTimeFormat(document.documentElement.lang || "es", { dateStyle: "long", timeZone: "UTC" })
      .format(new Date(day + "T12:00:00Z"));
  }

  function element(name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    return made;
  }

  /* -------------------------------------------------- What the list answers */

  function askTheList() {
    var base = JSON.parse(document.getElementById("__config").textContent).base;
    var home = new URL(base.replace(/\/?$/, "/"), location.href);
    var root = new URL("..", home);
    fetch(new URL("versions.json", root)).then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (list) {
      var editions = list.map(asEdition).filter(Boolean);
      if (table) addPublished(editions, root);
      warn(editions, home, root);
    }).catch(function () { /* without the list the page says only what it knows */ });
  }

  function asEdition(listed) {
    var since = listed.properties && listed.properties.vigente_desde;
    if (!numbers(listed.version) || !/^\d{4}-\d\d-\d\d$/.test(since)) return null;
    var alias = listed.aliases.indexOf("vigente") >= 0;
    return { version: listed.version, since: since, folder: (alias ? "vigente" : listed.version) + "/" };
  }

  function warn(editions, home, root) {
    var read = editions.find(function (each) { return each.version === place.dataset.version; });
    var inForce = inForceOn(today(), editions);
    if (!read || read === inForce) return;
    var early = read.since > today();
    var told = early ? " todavía no rige: empieza el " + long(read.since) + "." : " ya no rige.";
    if (!inForce) return show(read, told, "", null);
    var rules = early
      ? " Hoy rige la versión " + inForce.version + ". "
      : " Desde el " + long(inForce.since) + " rige la versión " + inForce.version + ". ";
    samePage(home, new URL(inForce.folder, root)).then(function (link) { show(read, told, rules, link); });
  }

  /* The same page in the other version or, when it has none, its front page. */
  function samePage(home, target) {
    var path = location.pathname.slice(home.pathname.length) || "index.html";
    var page = new URL(path, target);
    return fetch(page, { method: "HEAD" }).then(function (answer) {
      return answer.ok;
    }).catch(function () {
      return false;
    }).then(function (exists) {
      var link = element("a", exists ? "Ver esta página en la versión que rige" : "Ir al inicio de la versión que rige");
      link.href = exists ? page.href + location.hash : new URL("index.html", target).href;
      return link;
    });
  }

  function show(read, told, rules, link) {
    var text = element("p");
    text.append(element("strong", "La versión " + read.version + told), rules);
    if (link) text.append(link);
    place.append(text);
    document.documentElement.classList.add("pt-otra-edicion");
  }

  /* --------------------------- The page of the versions: which one on a date */

  function rows() {
    return Array.from(table.tBodies[0].rows, function (row) {
      return { version: row.dataset.version, since: row.dataset.desde, row: row };
    });
  }

  function offerDates() {
    var form = document.querySelector("[data-en-vigor]");
    var date = form.querySelector("input"), said = form.querySelector("output");
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    date.addEventListener("input", function () {
      var found = date.value && inForceOn(date.value, rows());
      rows().forEach(function (each) { each.row.classList.toggle("pt-elegida", each.version === (found || {}).version); });
      if (!date.value) said.textContent = "";
      else if (found) said.textContent = "El " + long(date.value) + ruled(date.value) + found.version + ".";
      else said.textContent = "El " + long(date.value) + " todavía no había un manual en vigor.";
    });
  }

  function ruled(day) {
    if (day === today()) return " rige la versión ";
    return day < today() ? " regía la versión " : " regirá, si no se publica otra, la versión ";
  }

  /* Versions that came after this page was built, and links to all that are published. */
  function addPublished(editions, root) {
    var known = rows();
    editions.forEach(function (each) {
      var row = (known.find(function (one) { return one.version === each.version; }) || addRow(each)).row;
      var link = element("a", each.version);
      link.href = new URL(each.version + "/index.html", root).href;
      row.cells[0].replaceChildren(link);
    });
    var all = rows().sort(compare).reverse();
    all.forEach(function (each, position) {
      table.tBodies[0].append(each.row);
      each.row.cells[2].textContent = position ? until(each, all[position - 1]) : "—";
    });
  }

  function addRow(edition) {
    var row = table.tBodies[0].insertRow();
    row.dataset.version = edition.version;
    row.dataset.desde = edition.since;
    var name = element("th");
    name.scope = "row";
    row.append(name, element("td", long(edition.since)), element("td"), element("td", "v" + edition.version), element("td", "—"));
    return { row: row };
  }

  function until(edition, next) {
    var last = dayBefore(next.since);
    return last < edition.since ? "No llegó a regir" : long(last);
  }
})();
