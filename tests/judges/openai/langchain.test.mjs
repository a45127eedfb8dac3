// @langchain/openai, which many applications are built on, with both of its kinds of client.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { AzureChatOpenAI, AzureOpenAIEmbeddings, ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { apiVersion, control, failure, key, resource } from './clients.mjs';

const azure = { azureOpenAIBasePath: `${resource}openai/deployments`, azureOpenAIApiKey: key, azureOpenAIApiVersion: apiVersion, maxRetries: 0 };
const plain = { apiKey: key, maxRetries: 0, configuration: { baseURL: `${resource}openai/v1/` } };
const chats = [
    ['ChatOpenAI', options => new ChatOpenAI({ ...plain, model: 'chat', ...options })],
    ['AzureChatOpenAI', options => new AzureChatOpenAI({ ...azure, model: 'gpt-4o', azureOpenAIApiDeploymentName: 'chat', ...options })],
];
const weather = tool(({ city }) => `${city}: fine`, { name: 'weather', description: 'The weather of a city', schema: z.object({ city: z.string() }) });

afterEach(() => control('DELETE', 'answers'));

for (const [name, make] of chats) {
    test(`${name}: invoke, with usage`, async () => {
        const answer = await make({ temperature: 0.2, maxTokens: 50 }).invoke('Hello');
        assert.equal(answer.content, 'You said: Hello');
        assert.ok(answer.usage_metadata.total_tokens > 0);
        assert.equal(answer.response_metadata.finish_reason, 'stop');
    });

    test(`${name}: stream`, async () => {
        let whole;
        for await (const chunk of await make({ streamUsage: true }).stream('some words to stream')) {
            whole = whole ? whole.concat(chunk) : chunk;
        }

        assert.equal(whole.content, 'You said: some words to stream');
        assert.ok(whole.usage_metadata.total_tokens > 0);
    });

    test(`${name}: a tool is called and answered`, async () => {
        const model = make({}).bindTools([weather]);
        await control('POST', 'answers', { toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] });
        const messages = [new HumanMessage('How is it in Oslo?')];
        const call = await model.invoke(messages);
        assert.deepEqual(call.tool_calls.map(c => [c.name, c.args]), [['weather', { city: 'Oslo' }]]);
        const result = await weather.invoke(call.tool_calls[0]);
        assert.ok(result instanceof ToolMessage);
        assert.equal((await model.invoke([...messages, call, result])).content, 'The tools said: Oslo: fine');
    });

    for (const method of ['jsonSchema', 'functionCalling']) {
        test(`${name}: structured output by ${method}`, async () => {
            const answer = await make({}).withStructuredOutput(z.object({ city: z.string(), days: z.number().int().min(2) }), { method, name: 'trip' }).invoke('Oslo');
            assert.equal(answer.days, 2);
            assert.ok(answer.city.includes('Oslo'));
        });
    }

    test(`${name}: errors`, async () => {
        assert.equal((await failure(() => make({}).invoke('[[filter:hate]]'))).code, 'content_filter');
        assert.equal((await failure(() => make({}).invoke('[[error:rate_limit]]'))).status, 429);
    });
}

test('embeddings come one for each text, in batches', async () => {
    for (const embeddings of [
        new OpenAIEmbeddings({ ...plain, model: 'embed', batchSize: 2, dimensions: 64 }),
        new AzureOpenAIEmbeddings({ ...azure, azureOpenAIApiEmbeddingsDeploymentName: 'embed', batchSize: 2, dimensions: 64 }),
    ]) {
        const texts = ['one', 'two', 'three', 'four', 'five'];
        const vectors = await embeddings.embedDocuments(texts);
        assert.deepEqual(vectors.map(v => v.length), [64, 64, 64, 64, 64]);
        assert.deepEqual(await embeddings.embedQuery('three'), vectors[2]);
    }
});
