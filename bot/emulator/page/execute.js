// The calls inside an `execute`, each with its own answer: `return [API.a.b({...}), ...];` is what bots batch with.

const CALL = /API\.([A-Za-z]+\.[A-Za-z]+)\(\s*/y;
const BEGINNING = /\s*return\s*\[?\s*/y;
const BETWEEN = /\s*\)\s*,?\s*/y;

/** [{method, params, answer, error}] in their order; nothing for a script that says more than that. */
export function innerCalls({ params, response, execute_errors: errors = [] }) {
  const calls = compiled(params.code ?? "");
  const answers = Array.isArray(response) ? response : [response];
  const left = [...errors];
  return calls.map((call, place) => {
    const answer = answers[place] ?? null;
    // VK puts `false` in place of a failed call, and the errors aside in the same order.
    const error = answer === false ? left.shift() ?? null : null;
    return { ...call, answer, error };
  });
}

function compiled(code) {
  const calls = [];
  let at = after(BEGINNING, code, 0);
  while (at > 0) {
    CALL.lastIndex = at;
    const called = CALL.exec(code);
    if (called === null) break;
    const end = endOfObject(code, CALL.lastIndex);
    calls.push({ method: called[1], params: asObject(code.slice(CALL.lastIndex, end)) });
    at = after(BETWEEN, code, end);
  }
  return calls;
}

function after(pattern, code, at) {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : 0;
}

/** Where a JSON object that begins at `start` ends: braces inside of strings do not count. */
function endOfObject(code, start) {
  let depth = 0;
  let isText = false;
  for (let at = start; at < code.length; at += 1) {
    const sign = code[at];
    if (isText && sign === "\\") at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && sign === "{") depth += 1;
    else if (!isText && sign === "}") depth -= 1;
    if (depth === 0) return sign === "}" ? at + 1 : start;
  }
  return code.length;
}

function asObject(text) {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return { code: text };
  }
}
