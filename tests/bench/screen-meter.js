// Put into a page by `bench screens`. window.smcMeter.arm(wish) waits for the next key; .read() answers times in ms from that key.
// wish: { ready: selector | null, text: start of its text or value | null, not: a text it must no longer have | null, quiet: ms }.
// first: the frame in which `ready` stands is painted. settled: the last frame that changed #content (or the page), then `quiet` ms of rest.
(() => {
  const content = () => document.getElementById('content') ?? document.body;
  const textOf = (at) => ('value' in at ? at.value : at.textContent);
  const holds = ({ ready, text, not }) => {
    if (ready === null) return true;
    const at = document.querySelector(ready);
    return (
      at !== null && (text === null || textOf(at).startsWith(text)) && (not === null || textOf(at) !== not)
    );
  };
  // A message sent in a frame's callback arrives after that frame is painted.
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      });
    });
  const measure = async (wish, began) => {
    let last = 0;
    const watch = new MutationObserver(async () => {
      last = Math.max(last, await painted());
    });
    watch.observe(content(), { subtree: true, childList: true, characterData: true, attributes: true });
    let first = await painted();
    while (!holds(wish)) first = await painted();
    last = Math.max(last, first);
    while (performance.now() - last < wish.quiet) await painted();
    watch.disconnect();
    return { first: first - began, settled: last - began };
  };
  let answer = Promise.resolve(null);
  window.smcMeter = {
    arm(wish) {
      answer = new Promise((done) => {
        window.addEventListener('keydown', ({ timeStamp }) => done(measure(wish, timeStamp)), {
          capture: true,
          once: true,
        });
      });
    },
    read: () => answer,
  };
})();
