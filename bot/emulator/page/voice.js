// A voice message without a microphone: a few seconds of silence, as an Ogg file with Opus inside, which is what VK's
// apps record.

const RATE = 48_000;
const FRAME_MS = 20;
const SILENT_FRAME = [0xf8, 0xff, 0xfe]; // Opus: 20 ms, mono, nothing to hear
const FRAMES_IN_PAGE = 50;
const [FIRST, LAST] = [2, 4];
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest << 1) ^ (rest & 0x80000000 ? 0x04c11db7 : 0);
  return rest;
});

/** A recording of whole seconds, ready to be uploaded. */
export function recording(seconds) {
  const serial = Date.now() >>> 0;
  const head = [...text("OpusHead"), 1, 1, 0, 0, ...little(RATE, 4), 0, 0, 0];
  const tags = [...text("OpusTags"), ...little(0, 4), ...little(0, 4)];
  const pages = [page([head], { flags: FIRST, granule: 0, serial, number: 0 })];
  pages.push(page([tags], { flags: 0, granule: 0, serial, number: 1 }));
  for (let second = 1; second <= seconds; second += 1) {
    const frames = Array.from({ length: FRAMES_IN_PAGE }, () => SILENT_FRAME);
    const granule = second * FRAMES_IN_PAGE * ((RATE / 1000) * FRAME_MS);
    pages.push(page(frames, { flags: second === seconds ? LAST : 0, granule, serial, number: second + 1 }));
  }
  return new File(pages, "voice.ogg", { type: "audio/ogg" });
}

function page(packets, { flags, granule, serial, number }) {
  const bytes = Uint8Array.from([
    ...text("OggS"), 0, flags, ...little(granule, 8), ...little(serial, 4), ...little(number, 4), 0, 0, 0, 0,
    packets.length, ...packets.map((packet) => packet.length), ...packets.flat(),
  ]);
  new DataView(bytes.buffer).setUint32(22, checksum(bytes), true);
  return bytes;
}

function checksum(bytes) {
  return bytes.reduce((sum, byte) => ((sum << 8) ^ CRC[((sum >>> 24) ^ byte) & 0xff]) >>> 0, 0);
}

const text = (letters) => [...letters].map((letter) => letter.charCodeAt(0));

/** A number below 2⁵³, its lowest byte first. */
function little(value, length) {
  return Array.from({ length }, (_, place) => Math.floor(value / 256 ** place) % 256);
}
