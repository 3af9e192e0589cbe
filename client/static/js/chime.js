// Two soft notes, made here: nothing is fetched for them.

const NOTES = [[587.33, 0], [880, .16]];
const LOUD = .08, FADES_S = .9;

/** Plays them; a browser that has not been touched yet stays silent. */
export function chime() {
  const stage = new AudioContext();
  for (const [pitch, at] of NOTES) strike(stage, pitch, stage.currentTime + at);
  setTimeout(() => stage.close(), 2000 * FADES_S);
}

function strike(stage, frequency, at) {
  const note = new OscillatorNode(stage, { type: "sine", frequency });
  const volume = new GainNode(stage, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + .02);
  volume.gain.exponentialRampToValueAtTime(.0001, at + FADES_S);
  note.connect(volume).connect(stage.destination);
  note.start(at);
  note.stop(at + FADES_S);
}
