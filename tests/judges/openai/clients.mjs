// The official clients on the resource that the environment names, on every route that they know.
import OpenAI, { AzureOpenAI } from 'openai';

const { EMULATOR_URL, EMULATOR_RESOURCE, EMULATOR_KEY } = process.env;

export const apiVersion = '2025-04-01-preview';
export const resource = EMULATOR_RESOURCE;
export const key = EMULATOR_KEY;

const quiet = { maxRetries: 0 };

export const v1 = new OpenAI({ baseURL: `${resource}openai/v1/`, apiKey: key, ...quiet });
export const dated = new AzureOpenAI({ endpoint: resource, apiKey: key, apiVersion, ...quiet });
export const compatible = new OpenAI({ baseURL: `${resource}v1/`, apiKey: key, ...quiet });

/** Each route under its name, to run one test on all. */
export const routes = [['v1', v1], ['dated', dated], ['OpenAI-compatible', compatible]];

/** A control endpoint of the emulator. */
export async function control(method, path, body) {
    const answer = await fetch(`${EMULATOR_URL}_emulator/${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) {
        throw new Error(`${answer.status}: ${await answer.text()}`);
    }
}

export const user = content => [{ role: 'user', content }];

/** The error that a call ends with. */
export async function failure(call) {
    try {
        await call();
    } catch (error) {
        return error;
    }

    throw new Error('The call should have failed.');
}
