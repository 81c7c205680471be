/*
 * Checklists: what is answered stays in this browser, one record for each list
 * and version, until the reader starts again.
 */
(function () {
  "use strict";

  function storage() {
    try {
      var probe = "pauta:prueba";
      localStorage.setItem(probe, probe);
      var keeps = localStorage.getItem(probe) === probe;
      localStorage.removeItem(probe);
      return keeps ? localStorage : null;
    } catch (error) {
      return null;
    }
  }

  var store = storage();

  function keyOf(form) {
    return ["pauta", form.dataset.lista, form.dataset.version].join(":");
  }

  function fields(form) {
    return Array.from(form.elements).filter(function (field) {
      return field.name && field.matches("input, select, textarea");
    });
  }

  function isChoice(field) {
    return field.type === "radio" || field.type === "checkbox";
  }

  function read(form) {
    var values = {};
    fields(form).forEach(function (field) {
      var given = isChoice(field) ? field.checked : field.value !== "";
      if (given) values[field.name] = field.value;
    });
    return values;
  }

  function fill(form, values) {
    fields(form).forEach(function (field) {
      var value = Object.hasOwn(values, field.name) ? values[field.name] : "";
      if (isChoice(field)) field.checked = field.value === value;
      else field.value = value;
    });
  }

  function save(form) {
    var values = read(form);
    try {
      if (Object.keys(values).length) store.setItem(keyOf(form), JSON.stringify(values));
      else store.removeItem(keyOf(form));
      return true;
    } catch (error) {
      return false;
    }
  }

  function restore(form) {
    try {
      var values = JSON.parse(store.getItem(keyOf(form)));
      if (values && typeof values === "object") fill(form, values);
    } catch (error) {
      /* A record that cannot be read is left alone until the next answer. */
    }
  }

  function answered(point) {
    return point.querySelector("input[type=radio]:checked") !== null;
  }

  function count(form) {
    var points = Array.from(form.querySelectorAll("[data-punto]"));
    var done = points.filter(answered).length;
    points.forEach(function (point) {
      point.classList.toggle("pt-punto--respondido", answered(point));
    });
    /* An empty date shows its mask, which paper has to leave out. */
    fields(form).forEach(function (field) {
      if (field.type === "date") field.classList.toggle("pt-vacia", field.value === "");
    });
    var place = form.querySelector(".pt-lista__avance");
    if (!place) return;
    var text = done + " de " + points.length + " puntos respondidos";
    if (place.textContent !== text) place.textContent = text;
    place.style.setProperty("--pt-avance", points.length ? done / points.length : 0);
  }

  function noteAbout(form) {
    var note = document.createElement("p");
    note.className = "pt-lista__guardado";
    var place = form.querySelector(".pt-lista__avance");
    if (place) place.after(note);
    else form.prepend(note);
    return note;
  }

  function say(note, kept) {
    note.textContent = kept
      ? "Sus respuestas se guardan solo en este navegador."
      : "Este navegador no permite guardar: sus respuestas se pierden al cerrar la página. Imprímala antes.";
    note.classList.toggle("pt-lista__guardado--sin", !kept);
  }

  function start(form) {
    var note = noteAbout(form);
    if (store) restore(form);
    say(note, store !== null);
    count(form);

    function changed() {
      count(form);
      say(note, store !== null && save(form));
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });

    form.querySelectorAll("[data-imprimir]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });

    form.querySelectorAll("[data-borrar]").forEach(function (button) {
      button.addEventListener("click", function () {
        if (!window.confirm("¿Borrar todas las respuestas de esta lista y empezar de nuevo?")) return;
        fill(form, {});
        changed();
      });
    });
  }

  document.querySelectorAll("form[data-lista]").forEach(start);
})();
