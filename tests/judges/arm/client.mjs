// The official client of Microsoft.CognitiveServices on the emulator that the environment names.
import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';

const { EMULATOR_URL, EMULATOR_TOKEN, EMULATOR_SUBSCRIPTION } = process.env;

const credential = { getToken: async () => ({ token: EMULATOR_TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }) };

export const subscription = EMULATOR_SUBSCRIPTION;

export const client = connect({});

export function connect(options) {
    return new CognitiveServicesManagementClient(credential, EMULATOR_SUBSCRIPTION, { endpoint: EMULATOR_URL, ...options });
}

/** Resource groups belong to another package; one request makes one. */
export async function createGroup(name) {
    const answer = await fetch(`${EMULATOR_URL}subscriptions/${EMULATOR_SUBSCRIPTION}/resourceGroups/${name}?api-version=2022-09-01`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${EMULATOR_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ location: 'swedencentral' }),
    });
    if (!answer.ok) {
        throw new Error(`${answer.status}: ${await answer.text()}`);
    }
}

/** A control endpoint of the emulator. */
export async function control(method, path, body) {
    const answer = await fetch(`${EMULATOR_URL}_emulator/${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) {
        throw new Error(`${answer.status}: ${await answer.text()}`);
    }
}

export async function all(pages) {
    const items = [];
    for await (const item of pages) {
        items.push(item);
    }

    return items;
}
