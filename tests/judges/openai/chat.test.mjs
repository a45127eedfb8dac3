// Chat by the official client: whole answers, streams, tools, JSON, and what it makes of errors.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import OpenAI, { AzureOpenAI } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { apiVersion, control, dated, failure, key, resource, routes, user, v1 } from './clients.mjs';

const weather = {
    type: 'function',
    function: {
        name: 'weather', strict: true,
        parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 2 } }, required: ['city', 'days'], additionalProperties: false },
    },
};

afterEach(async () => {
    await control('DELETE', 'faults');
    await control('DELETE', 'answers');
});

for (const [name, client] of routes) {
    test(`${name}: a chat is completed`, async () => {
        const answer = await client.chat.completions.create({ model: 'chat', messages: user('Hello'), n: 2, seed: 7, stop: ['!'] });
        assert.equal(answer.object, 'chat.completion');
        assert.equal(answer.model, 'gpt-4o-2024-11-20');
        assert.deepEqual(answer.choices.map(c => [c.index, c.finish_reason, c.message.content]), [[0, 'stop', 'You said: Hello'], [1, 'stop', 'You said: Hello']]);
        assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
        assert.ok(answer.system_fingerprint);
    });

    test(`${name}: a stream is put together again`, async () => {
        const stream = client.chat.completions.stream({ model: 'chat', messages: user('a stream of words'), stream_options: { include_usage: true } });
        const pieces = [];
        stream.on('content', piece => pieces.push(piece));
        const answer = await stream.finalChatCompletion();
        assert.equal(answer.choices[0].message.content, 'You said: a stream of words');
        assert.ok(pieces.length > 3);
        assert.equal(pieces.join(''), answer.choices[0].message.content);
        assert.equal((await stream.totalUsage()).total_tokens, answer.usage.total_tokens);
    });

    test(`${name}: several choices stream side by side`, async () => {
        await control('POST', 'answers', { choices: ['the first one', 'quite another text'] });
        const texts = ['', ''];
        for await (const chunk of await client.chat.completions.create({ model: 'chat', messages: user('x'), n: 2, stream: true })) {
            for (const choice of chunk.choices) {
                texts[choice.index] += choice.delta?.content ?? '';
            }
        }

        assert.deepEqual(texts, ['the first one', 'quite another text']);
    });

    test(`${name}: a loop of tools ends`, async () => {
        await control('POST', 'answers', { toolCalls: [{ name: 'weather', arguments: { city: 'Oslo', days: 2 } }, { name: 'weather', arguments: { city: 'Rome', days: 3 } }] });
        const asked = [];
        const runner = client.chat.completions.runTools({
            model: 'chat', messages: user('How is the weather?'),
            tools: [{ type: 'function', function: { ...weather.function, parse: JSON.parse, function: ({ city }) => { asked.push(city); return `${city}: fine`; } } }],
        });
        assert.equal(await runner.finalContent(), 'The tools said: Oslo: fine; Rome: fine');
        assert.deepEqual(asked, ['Oslo', 'Rome']);
    });

    test(`${name}: tool calls stream in pieces that fit together`, async () => {
        const stream = client.chat.completions.stream({ model: 'chat', messages: user('Bergen [[tool:weather]][[tool:weather {"city":"Rome","days":9}]]'), tools: [weather] });
        const answer = await stream.finalChatCompletion();
        assert.equal(answer.choices[0].finish_reason, 'tool_calls');
        assert.deepEqual(answer.choices[0].message.tool_calls.map(c => c.function.parsed_arguments?.days ?? JSON.parse(c.function.arguments).days), [2, 9]);
        assert.equal(new Set(answer.choices[0].message.tool_calls.map(c => c.id)).size, 2);
    });

    test(`${name}: an answer fits its schema`, async () => {
        const shape = z.object({
            title: z.string().max(20), count: z.number().int().min(3).max(5), ratio: z.number(), tags: z.array(z.enum(['a', 'b'])).min(2),
            mail: z.email(), when: z.iso.datetime(), nested: z.object({ ok: z.boolean(), nothing: z.string().nullable() }),
            either: z.union([z.object({ kind: z.literal('x'), x: z.number() }), z.object({ kind: z.literal('y'), y: z.string() })]),
        });
        const answer = await client.chat.completions.parse({ model: 'chat', messages: user('Fill it'), response_format: zodResponseFormat(shape, 'shape') });
        assert.ok(shape.parse(answer.choices[0].message.parsed));
    });
}

test('a schema that refers to itself ends', async () => {
    const node = z.object({ value: z.string(), get children() { return z.array(node); }, get next() { return node.nullable(); } });
    const answer = await v1.chat.completions.parse({ model: 'chat', messages: user('x'), response_format: zodResponseFormat(node, 'node') });
    assert.ok(node.parse(answer.choices[0].message.parsed).children.length > 0);
});

test('a refusal is one', async () => {
    const format = zodResponseFormat(z.object({ a: z.string() }), 'a');
    const answer = await v1.chat.completions.parse({ model: 'chat', messages: user('[[refusal:Not this]]'), response_format: format });
    assert.equal(answer.choices[0].message.refusal, 'Not this');
    assert.equal(answer.choices[0].message.parsed, null);
    const streamed = await v1.chat.completions.stream({ model: 'chat', messages: user('[[refusal:Not this either]]') }).finalChatCompletion();
    assert.equal(streamed.choices[0].message.refusal, 'Not this either');
});

test('an answer that is cut is no JSON', async () => {
    const format = zodResponseFormat(z.object({ a: z.string(), b: z.string() }), 'a');
    const error = await failure(() => v1.chat.completions.parse({ model: 'chat', messages: user('a longer text'), max_tokens: 3, response_format: format }));
    assert.equal(error.constructor.name, 'LengthFinishReasonError');
});

test('a filtered answer says so', async () => {
    const format = zodResponseFormat(z.object({ a: z.string() }), 'a');
    const error = await failure(() => dated.chat.completions.parse({ model: 'chat', messages: user('[[filter-completion:hate]]'), response_format: format }));
    assert.equal(error.constructor.name, 'ContentFilterFinishReasonError');
});

test('log probabilities are read', async () => {
    const answer = await v1.chat.completions.create({ model: 'chat', messages: user('Héllo 🙂'), logprobs: true, top_logprobs: 2 });
    const entries = answer.choices[0].logprobs.content;
    assert.equal(entries.map(e => e.token).join(''), answer.choices[0].message.content);
    assert.equal(new TextDecoder().decode(new Uint8Array(entries.flatMap(e => e.bytes))), answer.choices[0].message.content);
    assert.ok(entries.every(e => e.logprob <= 0 && e.top_logprobs.length === 2 && e.top_logprobs[0].token === e.token));
    const streamed = await v1.chat.completions.stream({ model: 'chat', messages: user('Héllo 🙂'), logprobs: true }).finalChatCompletion();
    assert.equal(streamed.choices[0].logprobs.content.map(e => e.token).join(''), answer.choices[0].message.content);
});

test('a reasoning model counts what it thinks and refuses what it does not take', async () => {
    const answer = await v1.chat.completions.create({ model: 'thinker', messages: user('Hello'), reasoning_effort: 'high' });
    assert.equal(answer.usage.completion_tokens_details.reasoning_tokens, 256);
    const error = await failure(() => v1.chat.completions.create({ model: 'thinker', messages: user('Hello'), max_tokens: 5 }));
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.deepEqual([error.code, error.param, error.type], ['unsupported_parameter', 'max_tokens', 'invalid_request_error']);
});

test('images are looked at', async () => {
    const image = url => [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url } }] }];
    const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    assert.equal((await v1.chat.completions.create({ model: 'chat', messages: image(png) })).choices[0].message.content, 'You said: What is it?');
    const error = await failure(() => v1.chat.completions.create({ model: 'chat', messages: image('data:image/png;base64,Z2FyYmFnZQ==') }));
    assert.match(error.message, /unsupported image/);
});

test('errors are told apart by class', async () => {
    const missing = await failure(() => dated.chat.completions.create({ model: 'none', messages: user('x') }));
    assert.ok(missing instanceof OpenAI.NotFoundError);
    assert.equal(missing.code, 'DeploymentNotFound');
    const locked = await failure(() => new AzureOpenAI({ endpoint: resource, apiKey: 'wrong', apiVersion, maxRetries: 0 }).chat.completions.create({ model: 'chat', messages: user('x') }));
    assert.ok(locked instanceof OpenAI.AuthenticationError);
    const filtered = await failure(() => v1.chat.completions.create({ model: 'chat', messages: user('[[filter:jailbreak]]') }));
    assert.equal(filtered.code, 'content_filter');
    assert.equal(filtered.error.innererror.content_filter_result.jailbreak.detected, true);
    const limited = await failure(() => v1.chat.completions.create({ model: 'chat', messages: user('[[error:rate_limit_tokens]]') }));
    assert.ok(limited instanceof OpenAI.RateLimitError);
    assert.equal(limited.headers.get('retry-after'), '1');
    const broken = await failure(() => v1.chat.completions.create({ model: 'chat', messages: user('[[error:server_error]]') }));
    assert.ok(broken instanceof OpenAI.InternalServerError);
    const compatible = new OpenAI({ baseURL: `${resource}v1/`, apiKey: 'sk-wrong', maxRetries: 0 });
    assert.equal((await failure(() => compatible.chat.completions.create({ model: 'chat', messages: user('x') }))).code, 'invalid_api_key');
});

test('what passes is tried again', async () => {
    await control('POST', 'faults', { kind: 'error', error: 'provisioned', count: 2, match: { path: 'chat/completions' } });
    const patient = new OpenAI({ baseURL: `${resource}openai/v1/`, apiKey: key, maxRetries: 2 });
    assert.equal((await patient.chat.completions.create({ model: 'chat', messages: user('again') })).choices[0].message.content, 'You said: again');
});

test('an error in mid-stream is thrown', async () => {
    await control('POST', 'faults', { kind: 'stream-error', afterChunks: 2, match: { path: 'chat/completions' } });
    let text = '';
    const error = await failure(async () => {
        for await (const chunk of await v1.chat.completions.create({ model: 'chat', messages: user('one two three four'), stream: true })) {
            text += chunk.choices[0]?.delta.content ?? '';
        }
    });
    assert.ok(error instanceof OpenAI.APIError);
    assert.equal(text, 'You said:');
});

test('comments, unknown events and fields are passed over', async () => {
    await control('POST', 'faults', { kind: 'unknown-fields' });
    await control('PATCH', 'settings', { obfuscation: true });
    const answer = await v1.chat.completions.stream({ model: 'chat', messages: user('still here') }).finalChatCompletion();
    await control('PATCH', 'settings', { obfuscation: false });
    assert.equal(answer.choices[0].message.content, 'You said: still here');
});
