// Adds to pages that work without it: times in the reader's own zone, and how long is left.
(() => {
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const zoned = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  for (const element of document.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.title = `${zoned.format(at)} · ${element.textContent}`;
    element.textContent = full.format(at);
  }

  const say = (seconds) => {
    if (seconds <= 0) return "time is up";
    const units = [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
    const first = units.findIndex(([size]) => seconds >= size);
    const parts = [];
    let rest = seconds;
    for (const [size, name] of units.slice(first, first + 2)) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count > 0) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
    }
    return `${parts.join(" ")} left`;
  };
  const countdowns = [...document.querySelectorAll("[data-until]")];
  const tick = () => {
    for (const element of countdowns) {
      element.textContent = say(Math.floor((Date.parse(element.dataset.until) - Date.now()) / 1000));
    }
  };
  if (countdowns.length > 0) {
    tick();
    setInterval(tick, 1000);
  }
})();
