/*
 * Search: the buttons that open it, and the marks on the page a result leads to.
 *
 * A result's address carries the words found, folded ("atencion"). The theme
 * looks for exactly those letters and misses "atención", so the marking is done
 * here, and the words are taken out of the address before the theme reads them.
 */
(function () {
  "use strict";

  document.querySelectorAll("[data-abrir-busqueda]").forEach(function (button) {
    button.addEventListener("click", function () {
      var field = document.querySelector("[data-md-component=search-query]");
      if (field) field.focus();
    });
  });

  var WORD = /[^\s\u200b\-_,:!=[\]()"/¿?¡«».;]+/g;
  var SKIP = "script, style, svg, mark, input, select, textarea, .headerlink";

  /* The same folding as the search index: see lunr.es.min.js in the theme. */
  function fold(text) {
    return text
      .toLowerCase()
      .normalize("NFD")
      .replace(/(n\u0303)|[\u0300-\u036f]/g, "$1")
      .normalize("NFC");
  }

  function takeWords() {
    var address = new URL(location.href);
    var words = address.searchParams.get("h");
    if (words === null) return [];
    address.searchParams.delete("h");
    try {
      history.replaceState(history.state, "", address.href);
    } catch (error) {
      /* Some browsers refuse on file://; the theme then marks what it can. */
    }
    return fold(words).match(WORD) || [];
  }

  function textsOf(root) {
    var texts = [];
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(SKIP)) texts.push(walker.currentNode);
    }
    return texts;
  }

  function mark(text, words) {
    var found = [];
    var match;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(text.data))) {
      var word = fold(match[0]);
      if (words.some(function (start) { return word.startsWith(start); })) {
        found.push([match.index, match[0].length]);
      }
    }
    /* From the end, so that earlier positions stay valid. */
    found.reverse().forEach(function (place) {
      var part = text.splitText(place[0]);
      part.splitText(place[1]);
      var element = document.createElement("mark");
      part.replaceWith(element);
      element.append(part);
    });
  }

  var words = takeWords();
  var article = document.querySelector(".md-content__inner");
  if (words.length && article) {
    textsOf(article).forEach(function (text) { mark(text, words); });
  }
})();
