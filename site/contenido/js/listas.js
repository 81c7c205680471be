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

  function chosen(point) {
    return point.querySelector("input[type=radio]:checked");
  }

  function answered(point) {
    var words = point.querySelector("textarea");
    return chosen(point) !== null || (words !== null && words.value.trim() !== "");
  }

  function pointsOf(form) {
    return Array.from(form.querySelectorAll("[data-punto]"));
  }

  /* What a point earned, in steps of its scale; null when it is outside the count. */
  function stepsOf(point) {
    var choice = chosen(point);
    if (!choice) return null;
    var scale = point.querySelector("[data-escala]");
    if (!scale) return { si: { earned: 1, of: 1 }, no: { earned: 0, of: 1 } }[choice.value] || null;
    var ends = scale.dataset.escala.split(" ").map(Number);
    var mark = Number(choice.value);
    return Number.isNaN(mark) ? null : { earned: mark - ends[0], of: ends[1] - ends[0], mark: mark };
  }

  function hundredths(text) {
    return Math.round(Number(text) * 100);
  }

  /*
   * The score, as generator/pauta/checklists/score.py reckons it: whole numbers only, weights in
   * hundredths and parts in sixtieths, which every scale divides, so that nothing is lost on the way.
   */
  function scoreOf(form) {
    var earned = 0, possible = 0, failed = false, lowMark = false;
    var limits = form.dataset;
    pointsOf(form).forEach(function (point) {
      var steps = stepsOf(point);
      if (!steps) return;
      var weight = hundredths(point.dataset.peso);
      possible += weight;
      earned += weight * steps.earned * (60 / steps.of);
      if ("critico" in point.dataset && steps.earned * 2 < steps.of) failed = true;
      if ("mark" in steps && steps.mark <= Number(limits.alerta)) lowMark = true;
    });
    var whole = possible ? Math.floor((2000 * earned + 60 * possible) / (120 * possible)) * 10 : null;
    var lowered = whole !== null && failed && "tope" in limits && hundredths(limits.tope) < whole;
    var percent = lowered ? hundredths(limits.tope) : whole;
    return {
      percent: percent,
      earned: Math.floor(earned / 60),
      possible: possible,
      failed: failed,
      lowered: lowered,
      good: percent === null || !("minimo" in limits) ? null : percent >= hundredths(limits.minimo),
      alert: "alertaDeCien" in limits ? percent !== null && percent <= hundredths(limits.alerta) : lowMark
    };
  }

  function inWords(score, form) {
    if (score.percent === null) return ["Sin calificación: todavía no cuenta ninguna respuesta."];
    var said = ["Calificación: " + score.percent / 100 + " % (" + score.earned / 100 + " de " + score.possible / 100 + " puntos posibles)."];
    if (score.failed) said.push("Falló un punto crítico" + (score.lowered ? ", y por eso la calificación baja." : "."));
    if (score.good !== null) said.push((score.good ? "Llega" : "No llega") + " al mínimo de " + Number(form.dataset.minimo) + " %.");
    if (score.alert) said.push("Hay que llamar al cliente.");
    return said;
  }

  /* A No without its comment is shown where it is, and counted beside the score. */
  function unexplained(form) {
    if (!("expliqueNo" in form.dataset)) return 0;
    return pointsOf(form).filter(function (point) {
      var note = point.querySelector(".pt-punto__nota input");
      var choice = chosen(point);
      if (!note) return false;
      note.required = choice !== null && choice.value === "no";
      note.placeholder = note.required ? "Explique este No" : "Observaciones";
      return note.required && note.value.trim() === "";
    }).length;
  }

  /* Writes the score, and tells what of it goes beside the count; nothing in a list without one. */
  function showScore(form) {
    var place = form.querySelector(".pt-calificacion__total");
    var left = unexplained(form);
    var lines = [];
    if (place && "calificada" in form.dataset) {
      var score = scoreOf(form);
      lines = inWords(score, form);
      place.parentElement.classList.toggle("pt-calificacion--con", score.percent !== null);
    }
    var reminder = left ? ["Falta explicar " + left + (left === 1 ? " respuesta No." : " respuestas No.")] : [];
    if (place) place.textContent = lines.concat(reminder).join(" ");
    var ofCustomer = form.matches(".pt-lista--cliente");
    return lines.length && score.percent !== null && !ofCustomer ? " · Calificación: " + score.percent / 100 + " %" : "";
  }

  function count(form) {
    var points = pointsOf(form);
    var done = points.filter(answered).length;
    points.forEach(function (point) {
      point.classList.toggle("pt-punto--respondido", answered(point));
    });
    /* An empty date shows its mask, which paper has to leave out. */
    fields(form).forEach(function (field) {
      if (field.type === "date") field.classList.toggle("pt-vacia", field.value === "");
    });
    var score = showScore(form);
    var place = form.querySelector(".pt-lista__avance");
    if (!place) return;
    var text = done + " de " + points.length + " puntos respondidos" + score;
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
