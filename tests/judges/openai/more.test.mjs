// Embeddings, legacy completions and models by the official client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { dated, failure, routes, v1 } from './clients.mjs';

const length = vector => Math.hypot(...vector);
const cosine = (left, right) => left.reduce((sum, value, i) => sum + value * right[i], 0);

for (const [name, client] of routes) {
    test(`${name}: embeddings are unit vectors, alike for like texts`, async () => {
        const { data, usage, model } = await client.embeddings.create({ model: 'embed', input: ['the cat sat', 'the cat ran', 'quantum flux'], dimensions: 256 });
        assert.equal(model, 'text-embedding-3-small');
        assert.deepEqual(data.map(d => [d.index, d.embedding.length]), [[0, 256], [1, 256], [2, 256]]);
        assert.ok(data.every(d => Math.abs(length(d.embedding) - 1) < 1e-5));
        assert.ok(cosine(data[0].embedding, data[1].embedding) > cosine(data[0].embedding, data[2].embedding) + 0.2);
        assert.equal(usage.total_tokens, usage.prompt_tokens);
    });

    test(`${name}: the base64 that the client asks for holds the same numbers`, async () => {
        const plain = await client.embeddings.create({ model: 'embed', input: 'same', encoding_format: 'float' });
        const packed = await client.embeddings.create({ model: 'embed', input: 'same' });
        assert.equal(plain.data[0].embedding.length, 1536);
        assert.deepEqual(packed.data[0].embedding.map(Math.fround), plain.data[0].embedding.map(Math.fround));
    });

    test(`${name}: legacy completions take prompts in every form`, async () => {
        const answer = await client.completions.create({ model: 'instruct', prompt: ['one', 'two'], n: 2, echo: true, logprobs: 2, max_tokens: 20 });
        assert.deepEqual(answer.choices.map(c => [c.index, c.text]), [[0, 'oneYou said: one'], [1, 'oneYou said: one'], [2, 'twoYou said: two'], [3, 'twoYou said: two']]);
        const { tokens, token_logprobs: probabilities, text_offset: offsets } = answer.choices[0].logprobs;
        assert.equal(tokens.join(''), answer.choices[0].text);
        assert.equal(probabilities[0], null);
        assert.deepEqual(offsets, tokens.map((_, i) => tokens.slice(0, i).join('').length));
        assert.equal((await client.completions.create({ model: 'instruct', prompt: [[1, 2], [3]] })).choices.length, 2);
    });

    test(`${name}: legacy completions stream`, async () => {
        let text = '';
        let reason;
        for await (const chunk of await client.completions.create({ model: 'instruct', prompt: 'a few words', stream: true })) {
            text += chunk.choices[0]?.text ?? '';
            reason = chunk.choices[0]?.finish_reason ?? reason;
        }

        assert.equal(text, 'You said: a few words');
        assert.equal(reason, 'stop');
    });
}

test('models are listed and read', async () => {
    const ids = [];
    for await (const model of v1.models.list()) {
        ids.push(model.id);
    }

    assert.ok(ids.includes('gpt-4o-2024-11-20'));
    assert.equal((await v1.models.retrieve('gpt-4o-2024-11-20')).object, 'model');
    assert.equal((await dated.models.retrieve('gpt-4o-2024-11-20')).id, 'gpt-4o-2024-11-20');
    assert.ok((await failure(() => v1.models.retrieve('none'))) instanceof OpenAI.NotFoundError);
});

test('what an embedding cannot be is refused', async () => {
    assert.match((await failure(() => v1.embeddings.create({ model: 'embed', input: Array(2049).fill('x') }))).message, /max number of inputs is 2048/);
    assert.match((await failure(() => v1.embeddings.create({ model: 'embed', input: 'word '.repeat(8000) }))).message, /maximum context length is 8192 tokens/);
    assert.match((await failure(() => v1.embeddings.create({ model: 'embed', input: 'x', dimensions: -42 }))).message, /-42 is less than the minimum of 1 - 'dimensions'/);
    assert.equal((await failure(() => v1.embeddings.create({ model: 'chat', input: 'x' }))).code, 'OperationNotSupported');
});
