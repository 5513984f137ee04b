import { describe, expect, it } from 'vitest'
import { writeDcatCatalogue } from '../dcat/write.ts'
import { readDcat } from '../dcat/read.ts'
import { convertRecords } from '../formats/convert.ts'
import { fileContext } from '../formats/format.ts'
import { readDocument } from '../formats/read.ts'
import { isoSample } from './sample.ts'
import { cswFormat } from './source.ts'

/** The sample as the service that works on it. */
function serviceSample(operation: string): string {
  const coupled =
    '<srv:operatesOn uuidref="0F9C2A60-0000-4000-8000-000000000001" xlink:href="https://registry.gdi-de.org/id/de.auenstadt/1"/>'
  return isoSample(2)
    .replace('<gmd:MD_Metadata', '<gmd:MD_Metadata xmlns:srv="http://www.isotc211.org/2005/srv"')
    .replace('<gmd:MD_DataIdentification>', '<srv:SV_ServiceIdentification>')
    .replace('</gmd:MD_DataIdentification>', `${operation}${coupled}</srv:SV_ServiceIdentification>`)
}

const capabilities = `<srv:containsOperations><srv:SV_OperationMetadata><srv:operationName><gco:CharacterString>GetCapabilities</gco:CharacterString></srv:operationName>
<srv:connectPoint><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://geo.auenstadt.example/wms?map=baum&amp;SERVICE=WMS&amp;REQUEST=GetCapabilities</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></srv:connectPoint></srv:SV_OperationMetadata></srv:containsOperations>`

async function recordOf(text: string) {
  const page = await cswFormat.readPage(new TextEncoder().encode(text), fileContext())
  return page.items[0]!.read()
}

const catalogue = {
  uri: 'https://auenstadt.example/catalog',
  title: { de: 'Katalog' },
  description: { de: 'Alles' },
  publisher: null,
  homepage: null,
  issued: null,
  modified: null,
}

describe('services of ISO 19119', () => {
  it('are read with where they answer, what describes them and what they work on', async () => {
    const { record, findings } = await recordOf(serviceSample(capabilities))
    expect(findings).toMatchObject([{ code: 'iso-service', severity: 'info' }])
    expect(record.service).toEqual({
      endpoints: ['https://geo.auenstadt.example/wms?map=baum'],
      descriptions: ['https://geo.auenstadt.example/wms?map=baum&SERVICE=WMS&REQUEST=GetCapabilities'],
      serves: ['0F9C2A60-0000-4000-8000-000000000001', 'https://registry.gdi-de.org/id/de.auenstadt/1'],
    })
    expect((await recordOf(isoSample(1))).record.service).toBeUndefined()
  })

  it('stay datasets with a finding where nothing says where they answer', async () => {
    const bare = serviceSample('').replace(/<gmd:distributionInfo>.*<\/gmd:distributionInfo>/s, '')
    const { record, findings } = await recordOf(bare)
    expect(findings.map((each) => each.code)).toEqual(['iso-service-without-address'])
    expect(record.service).toBeUndefined()
  })

  it('go out as dcat:DataService that serves the dataset beside it, and come back as one', async () => {
    const service = (await recordOf(serviceSample(capabilities))).record
    const dataset = (await recordOf(isoSample(1))).record
    const placed = [dataset, service].map((record, i) => ({ record, uri: `urn:x:${i}` }))
    const quads = writeDcatCatalogue(catalogue, placed)
    const objects = (name: string) =>
      quads.filter((quad) => quad.predicate.value.endsWith(`#${name}`)).map((quad) => quad.object.value)
    expect(objects('service')).toEqual([service.uri])
    expect(objects('dataset')).toEqual([dataset.uri])
    expect(objects('servesDataset')).toEqual([dataset.uri])
    const again = readDcat(quads).records.map(({ record }) => record.service?.endpoints)
    expect(again).toEqual([undefined, service.service?.endpoints])
    const text = new TextEncoder().encode(convertRecords([service, dataset], 'turtle'))
    const back = await readDocument(
      { bytes: text, filename: 'x.ttl', context: fileContext('x.ttl') },
      undefined,
    )
    expect(back.records).toHaveLength(2)
  })
})
